import { event } from '#kernel/define-event.js';
import { type Instant, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { type Role, roles } from '../shared/facts.js';
import { access } from './access.js';
import type { RecordDisclosure } from './commands.js';
import { mayConsult } from './decide.js';
import {
  type AccessPurpose,
  accessPurposes,
  disclosedTo,
  disclosureReasons,
  FileConsulted,
  FileDisclosed,
} from './events.js';
import type { AccessFacts } from './facts.js';

const now = toInstant('2026-06-02T10:00:00Z') as Instant;
const as = (...held: Role[]): AccessFacts => ({
  now,
  actor: { staffId: 'staff-1', roles: held },
  isDelegate: false,
  memberKnown: true,
  processorRegistered: true,
});
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

describe('what leaves the association outside a complaint', () => {
  const send: RecordDisclosure = {
    type: 'RecordDisclosure',
    memberId: 'm-1',
    disclosureId: 'x1',
    recipient: 'authority',
    recipientName: 'Service de police (fictif)',
    ground: 'legal-obligation',
    contentSha256: 'a'.repeat(64),
    sentAt: now,
    channel: 'post',
  };
  const { type: _, ...said } = send;
  const disclosed = event(FileDisclosed, { ...said, by: 'staff-1' });

  it('is written down with recipient, ground and digest, once, by a decider [charter:4.1]', () => {
    given(access).when(send, as('Director')).then([disclosed]);
    given(access, disclosed).when(send, as('President')).then([]);
    for (const role of ['Administrator', 'SupportLead', 'Technician', 'Auditor', 'Integrator'] as const)
      given(access).when(send, as(role)).then({ code: 'disclosure-needs-director', rule: 'charter:4.1' });
    given(access)
      .when(send, { ...as('Director'), memberKnown: false })
      .then({ code: 'disclosure-member-unknown' });
  });

  it('has a ground that fits its recipient: no other way out of confidentiality [charter:4.1]', () => {
    const fits = {
      authority: 'legal-obligation',
      court: 'legal-obligation legal-claim',
      processor: 'processor-contract',
      designee: 'member-request',
    };
    for (const recipient of disclosedTo)
      for (const ground of disclosureReasons) {
        const answer = given(access).when({ ...send, recipient, ground }, as('Director'));
        if (fits[recipient].split(' ').includes(ground)) expect(answer.answer).toHaveLength(1);
        else answer.then({ code: 'disclosure-ground-wrong', rule: 'charter:4.1' });
      }
  });

  it('goes to no processor that is not on record with a contract on that day [charter:4.2b]', () => {
    const hosted = { ...send, recipient: 'processor', ground: 'processor-contract', recordId: 'h1' } as const;
    given(access)
      .when(hosted, { ...as('Director'), processorRegistered: false })
      .then({ code: 'recipient-not-registered', rule: 'charter:4.2b' });
    expect(given(access).when(hosted, as('Director')).answer).toHaveLength(1);
  });

  it('names nobody’s account, and was not sent in the future [charter:3.3a]', () => {
    given(access)
      .when({ ...send, note: 'IBAN FR76 3000 6000 0112 3456 7890 189' }, as('Director'))
      .then({ code: 'content-lint-blocked' });
    given(access)
      .when({ ...send, sentAt: toInstant('2026-06-02T10:00:01Z') as Instant }, as('Director'))
      .then({ code: 'date-in-future' });
  });
});
