import fc from 'fast-check';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import { type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { fallbackParameters } from '../charter/parameters.js';
import { type CustodyState, initialCustody } from '../custody/state.js';
import type { DecideRightsRequest, GridLine, ReceiveRightsRequest, RightsCommand } from './commands.js';
import {
  DataErasureRequested,
  IdentityChecked,
  RightsDecisionMade,
  type RightsKind,
  RightsRequestExtended,
  RightsRequestReceived,
  rightsKinds,
} from './events.js';
import type { RightsFacts } from './facts.js';
import { rights } from './rights.js';

const at = (text: string) => toInstant(text) as Instant;
const now = at('2026-06-10T10:00:00+02:00');
const identity = 'm1/identity';
const session = 'm1/session:s1';
const heldSession: CustodyState = {
  ...initialCustody,
  holds: [
    {
      holdId: 'h1',
      cells: [session],
      ground: 'complaint',
      reviewOn: '2026-12-10' as LocalDate,
      outerBound: '2031-06-10' as LocalDate,
      released: false,
    },
  ],
};
const facts = (more: Partial<RightsFacts> = {}): RightsFacts => ({
  now,
  actor: { staffId: 'd1', roles: ['Director'] },
  calendar: { civilTime: frenchCivilTime(), isClosed: () => false },
  parameters: fallbackParameters,
  memberKnown: true,
  custody: initialCustody,
  cells: [identity, session],
  isDelegate: false,
  ...more,
});
const receive = (kind: RightsKind, receivedAt = now): ReceiveRightsRequest => ({
  type: 'ReceiveRightsRequest',
  rightsId: 'r1',
  memberId: 'm1',
  kind,
  channel: 'phone',
  receivedAt,
  concernsDirector: false,
});
const received = (
  kind: RightsKind,
  more: Partial<{ receivedAt: Instant; dueOn: LocalDate; concernsDirector: boolean }> = {},
) =>
  event(RightsRequestReceived, {
    rightsId: 'r1',
    memberId: 'm1',
    kind,
    channel: 'phone',
    receivedAt: now,
    concernsDirector: false,
    dueOn: '2026-07-10' as LocalDate,
    ...more,
  });
const checked = event(IdentityChecked, {
  rightsId: 'r1',
  memberId: 'm1',
  method: 'membership-number',
  checkedAt: now,
});
const decideErasure = (grid: readonly GridLine[], reasons?: string): DecideRightsRequest => ({
  type: 'DecideRightsRequest',
  rightsId: 'r1',
  grounds: [],
  grid,
  ...(reasons === undefined ? {} : { reasons }),
});
const erase = (cell: string): GridLine => ({ cell, decision: 'erase' });
const keep = (cell: string): GridLine => ({ cell, decision: 'keep', ground: 'legal-claim' });

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

describe('a request for erasure', () => {
  it('opens as DataErasureRequested and destroys nothing by itself [charter:4.3]', () => {
    const asked = event(DataErasureRequested, { rightsId: 'r1', memberId: 'm1', channel: 'phone', requestedAt: now });
    given(rights)
      .when(receive('erasure'), facts())
      .then([received('erasure'), asked]);
  });

  it('is decided cell by cell, and a partial one says why [charter:4.3]', () => {
    const partly = decideErasure([erase(identity), keep(session)], 'Une réclamation est en cours.');
    given(rights, received('erasure'), checked)
      .when(partly, facts({ custody: heldSession }))
      .then([
        event(RightsDecisionMade, {
          rightsId: 'r1',
          memberId: 'm1',
          decision: 'partly',
          grounds: ['legal-claim'],
          reasons: 'Une réclamation est en cours.',
          erase: [identity],
          keep: [{ cell: session, ground: 'legal-claim' }],
          decidedAs: 'director',
          decidedAt: now,
          late: false,
        }),
      ]);
    given(rights, received('erasure'), checked)
      .when(decideErasure([erase(identity), keep(session)]), facts())
      .then({ code: 'rights-reasons-missing' });
  });

  it.each([
    ['a cell without a decision', [erase(identity)]],
    ['a cell twice', [erase(identity), erase(session), keep(session)]],
    ['a cell of somebody else', [erase(identity), erase(session), erase('m2/identity')]],
    ['no line at all', []],
  ])('is refused with %s in its grid', (_, grid) => {
    given(rights, received('erasure'), checked)
      .when(decideErasure(grid), facts())
      .then({ code: 'rights-grid-incomplete' });
  });

  it('never erases what is held [charter:8.1f]', () => {
    given(rights, received('erasure'), checked)
      .when(decideErasure([erase(identity), erase(session)]), facts({ custody: heldSession }))
      .then({ code: 'rights-cell-held' });
  });

  it('closes only after the certificate', () => {
    const story = given(rights, received('erasure'), checked);
    const decided = story.when(decideErasure([erase(identity), erase(session)]), facts());
    if (isRefusal(decided.answer)) throw new Error('refused');
    const sent = given(rights, received('erasure'), checked, ...decided.answer).when(
      { type: 'SendRightsAnswer', rightsId: 'r1', channel: 'paper', sentAt: now },
      facts(),
    );
    if (isRefusal(sent.answer)) throw new Error('refused');
    const answered = given(rights, received('erasure'), checked, ...decided.answer, ...sent.answer);
    const destruction = {
      destructionId: 'd1',
      reference: 'r1',
      cells: [identity, session],
      destroyed: true,
      readBack: [],
      certificateId: undefined,
    };
    const close = { type: 'CloseRightsRequest', rightsId: 'r1' } as const;
    const withDestruction = (certificateId: string | undefined) =>
      facts({ custody: { holds: [], destructions: [{ ...destruction, certificateId }] } });
    answered.when(close, facts()).then({ code: 'rights-erasure-unfinished' });
    answered.when(close, withDestruction(undefined)).then({ code: 'rights-erasure-unfinished' });
    expect(answered.when(close, withDestruction('c1')).answer).toHaveLength(1);
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
