import fc from 'fast-check';
import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import type { LocalDate } from '#kernel/time.js';
import { given } from '#testing/given.js';
import type { RightsCommand } from './commands.js';
import { RightsRequestExtended, rightsKinds } from './events.js';
import type { RightsFacts } from './facts.js';
import { rights } from './rights.js';
import {
  at,
  checked,
  decideErasure,
  erase,
  facts,
  identity,
  keep,
  now,
  receive,
  received,
  session,
} from './rights-story.fixture.js';

describe('a rights request for somebody else', () => {
  it('says who asks and in what capacity; whom nobody recorded is refused (A15)', () => {
    const asks = { ...receive('access'), representativeId: 'g1' };
    const taken = (more: Partial<RightsFacts>) => given(rights).when(asks, facts(more)).answer;
    expect(taken({})).toMatchObject({ code: 'rights-representative-unknown' });
    expect(taken({ representativeCapacity: 'helper' })).toMatchObject([{ data: { capacity: 'helper' } }]);
  });

  it('of a minor is taken in any case, and flagged unless a guardian asks (A15)', () => {
    const alone = given(rights).when(receive('erasure'), facts({ minor: true })).answer;
    expect(alone).toMatchObject([{ data: { minorAlone: true } }, {}]);
    const asks = { ...receive('access'), representativeId: 'g1' };
    const guarded = given(rights).when(asks, facts({ minor: true, representativeCapacity: 'guardian' })).answer;
    if (isRefusal(guarded)) throw new Error(guarded.code);
    expect(guarded[0]?.data).not.toHaveProperty('minorAlone');
  });
});

describe('the clock of a rights request', () => {
  it.each([
    ['2026-01-31T09:00:00+01:00', '2026-03-02'],
    ['2026-09-05T09:00:00+02:00', '2026-10-05'],
  ])('starts at receipt, whoever types it in later: %s is due on %s [charter:4.3]', (receipt, dueOn) => {
    const later = facts({ now: at('2026-12-01T09:00:00+01:00') });
    given(rights)
      .when(receive('access', at(receipt)), later)
      .then([received('access', { receivedAt: at(receipt), dueOn: dueOn as LocalDate })]);
  });

  it('cannot start in the future', () => {
    given(rights)
      .when(receive('access', at('2026-06-10T10:00:01+02:00')), facts())
      .then({ code: 'date-in-future' });
  });

  it('is extended once, within the first month, to three months from receipt', () => {
    const extend = { type: 'ExtendRightsRequest', rightsId: 'r1', reasons: 'Dossier ancien sur papier.' } as const;
    const extended = event(RightsRequestExtended, {
      rightsId: 'r1',
      memberId: 'm1',
      extendedAt: now,
      reasons: extend.reasons,
      dueOn: '2026-09-10' as LocalDate,
    });
    given(rights, received('access')).when(extend, facts()).then([extended]);
    given(rights, received('access'), extended).when(extend, facts()).then({ code: 'rights-extension-too-late' });
    given(rights, received('access'))
      .when(extend, facts({ now: at('2026-07-11T00:00:00+02:00') }))
      .then({ code: 'rights-extension-too-late' });
  });

  it('shows a late decision and never hides it', () => {
    const late = facts({ now: at('2026-07-11T00:00:00+02:00') });
    const { answer } = given(rights, received('access'), checked).when(
      { type: 'DecideRightsRequest', rightsId: 'r1', decision: 'granted', grounds: [] },
      late,
    );
    expect(answer).toEqual([expect.objectContaining({ data: expect.objectContaining({ late: true }) })]);
  });
});

describe('who decides', () => {
  const grant = { type: 'DecideRightsRequest', rightsId: 'r1', decision: 'granted', grounds: [] } as const;
  const as = (...roles: RightsFacts['actor']['roles']) => ({ actor: { staffId: 'p1', roles } });

  it('is the Director or the delegate of the day, nobody else [charter:4.3]', () => {
    for (const role of ['Administrator', 'SupportLead', 'Technician', 'Auditor', 'Integrator'] as const) {
      given(rights, received('access'), checked)
        .when(grant, facts(as(role)))
        .then({ code: 'rights-needs-director' });
      const delegated = given(rights, received('access'), checked).when(
        grant,
        facts({ ...as(role), isDelegate: true }),
      );
      expect(delegated.after?.decision).toBe('granted');
    }
  });

  it('is the President where the Director is concerned', () => {
    const concerned = received('access', { concernsDirector: true });
    given(rights, concerned, checked).when(grant, facts()).then({ code: 'rights-needs-president' });
    given(rights, concerned, checked)
      .when(grant, facts({ ...as('Technician'), isDelegate: true }))
      .then({ code: 'rights-needs-president' });
    expect(given(rights, concerned, checked).when(grant, facts(as('President'))).after?.decision).toBe('granted');
  });

  it('first knows who asks, except to refuse', () => {
    given(rights, received('access')).when(grant, facts()).then({ code: 'rights-identity-not-checked' });
    const refuse = {
      ...grant,
      decision: 'refused',
      grounds: ['identity-doubtful'],
      reasons: 'Voix inconnue.',
    } as const;
    expect(given(rights, received('access')).when(refuse, facts()).after?.decision).toBe('refused');
  });
});

describe('in any order of commands', () => {
  const command: fc.Arbitrary<RightsCommand> = fc.oneof(
    fc.constantFrom(...rightsKinds).map((kind) => receive(kind)),
    fc.constant({ type: 'CheckIdentity', rightsId: 'r1', method: 'call-back' } as const),
    fc.constant({ type: 'ExtendRightsRequest', rightsId: 'r1', reasons: 'Long.' } as const),
    fc.constantFrom(
      decideErasure([erase(identity), erase(session)]),
      decideErasure([keep(identity), erase(session)], 'x'),
    ),
    fc.constant({ type: 'SendRightsAnswer', rightsId: 'r1', channel: 'paper', sentAt: now } as const),
    fc.constantFrom(
      { type: 'WithdrawRightsRequest', rightsId: 'r1' } as const,
      { type: 'CloseRightsRequest', rightsId: 'r1' } as const,
    ),
  );

  it('one decision at most, and no answer before it; the same command twice adds nothing', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const past: unknown[] = [];
        const types: string[] = [];
        for (const one of commands) {
          const { answer } = given(rights, ...(past as never[])).when(one, facts());
          if (isRefusal(answer)) continue;
          past.push(...answer);
          types.push(...answer.map(({ type }) => type));
          const again = given(rights, ...(past as never[])).when(one, facts()).answer;
          expect(isRefusal(again) || again.length === 0).toBe(true);
        }
        expect(types.filter((type) => type === 'RightsDecisionMade').length).toBeLessThanOrEqual(1);
        if (types.includes('RightsAnswerSent'))
          expect(types.indexOf('RightsAnswerSent')).toBeGreaterThan(types.indexOf('RightsDecisionMade'));
      }),
    );
  });
});
