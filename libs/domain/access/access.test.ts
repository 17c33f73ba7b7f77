import { event } from '#kernel/define-event.js';
import { type Instant, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { type Role, roles } from '../shared/facts.js';
import { access } from './access.js';
import { type AccessFacts, mayConsult } from './decide.js';
import { type AccessPurpose, accessPurposes, FileConsulted } from './events.js';

const now = toInstant('2026-06-02T10:00:00Z') as Instant;
const as = (...held: Role[]): AccessFacts => ({ now, actor: { staffId: 'staff-1', roles: held }, isDelegate: false });
const consult = {
  type: 'RecordConsultation' as const,
  memberId: 'm-1',
  what: 'member-file',
  purpose: 'rights',
  at: now,
};

describe('reading a member’s file', () => {
  it('is recorded with who, what, why and when, each time [charter:4.2a] [charter:8.1f]', () => {
    const consulted = event(FileConsulted, {
      memberId: 'm-1',
      sessionId: 's-1',
      what: 'journal-entry',
      purpose: 'dispute',
      by: 'staff-1',
      at: now,
    });
    const command = { ...consult, sessionId: 's-1', what: 'journal-entry', purpose: 'dispute' };
    given(access).when(command, as('Director')).then([consulted]);
    given(access, consulted).when(command, as('Director')).then([consulted]);
    expect(given(access, consulted, consulted).state.consultations).toBe(2);
  });

  it('is refused without one of the four purposes [charter:4.2a]', () => {
    for (const purpose of ['', 'marketing', 'Quality', 'constructor'])
      given(access)
        .when({ ...consult, purpose }, as('Director'))
        .then({ code: 'purpose-unknown', rule: 'charter:4.2a' });
    given(access)
      .when({ ...consult, what: 'all' }, as('Director'))
      .then({ code: 'consulted-part-unknown' });
  });

  const need: Readonly<Record<AccessPurpose, readonly Role[]>> = {
    quality: ['Director', 'President', 'SupportLead', 'Technician', 'Auditor'],
    dispute: ['Director', 'President', 'SupportLead', 'Auditor'],
    rights: ['Director', 'President', 'SupportLead', 'Auditor'],
    support: ['Director', 'President', 'SupportLead', 'Technician'],
  };
  it.each(accessPurposes)('for %s is open to those who need to know only [charter:4.1]', (purpose) => {
    for (const role of [...roles]) {
      const answer = given(access).when({ ...consult, purpose }, as(role));
      if (need[purpose].includes(role)) expect(answer.answer).toHaveLength(1);
      else answer.then({ code: 'not-need-to-know', rule: 'charter:4.1' });
      expect(mayConsult([role], purpose)).toBe(need[purpose].includes(role));
    }
    given(access)
      .when({ ...consult, purpose }, as())
      .then({ code: 'not-need-to-know' });
  });

  it('is not dated in the future [charter:4.2a]', () => {
    given(access)
      .when({ ...consult, at: toInstant('2026-06-02T10:00:01Z') as Instant }, as('Director'))
      .then({ code: 'date-in-future' });
  });
});
