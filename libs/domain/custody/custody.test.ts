import fc from 'fast-check';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { given } from '#testing/given.js';
import type { Role } from '../shared/facts.js';
import type { CondemnCells, CustodyCommand, PlaceLegalHold } from './commands.js';
import { custody } from './custody.js';
import { CellsCondemned, CellsDestroyed, ErasureCertified, ErasureReadBack, LegalHoldPlaced } from './events.js';
import type { CustodyFacts } from './facts.js';
import { holdOn, isCondemned } from './state.js';

const now = '2026-06-10T08:00:00.000Z' as Instant;
const facts = (roles: readonly Role[] = ['Director'], runningCells: readonly string[] = []): CustodyFacts => ({
  now,
  actor: { staffId: 'director-1', roles },
  time: frenchCivilTime(),
  runningCells,
  livingCells: [identity, `${session}/e1.text`, other],
});
const memberId = 'm1';
const identity = 'm1/identity';
const session = 'm1/session:s1';
const other = 'm1/session:s2';

const place = (cells: readonly string[], holdId = 'h1'): PlaceLegalHold => ({
  type: 'PlaceLegalHold',
  memberId,
  holdId,
  cells,
  ground: 'complaint',
});
const placed = (cells: readonly string[], tooLate: readonly string[] = []) =>
  event(LegalHoldPlaced, {
    memberId,
    holdId: 'h1',
    cells,
    tooLate,
    ground: 'complaint',
    placedAt: now,
    reviewOn: '2026-12-10' as LocalDate,
    outerBound: '2031-06-10' as LocalDate,
  });
const condemn = (cells: readonly string[], more: Partial<CondemnCells> = {}): CondemnCells => ({
  type: 'CondemnCells',
  memberId,
  destructionId: 'd1',
  cells,
  cause: 'erasure',
  reference: 'r1',
  ...more,
});
const condemned = (cells: readonly string[], kept: readonly { cell: string; until?: LocalDate }[] = []) =>
  event(CellsCondemned, {
    memberId,
    destructionId: 'd1',
    cells,
    kept: kept.map((one) => ({ ...one, ground: 'legal-claim' as const })),
    cause: 'erasure',
    reference: 'r1',
    decidedAt: now,
  });
const destroyed = event(CellsDestroyed, {
  memberId,
  destructionId: 'd1',
  cells: [{ cell: session }],
  destroyedAt: now,
});
const readBack = (present: number) =>
  event(ErasureReadBack, {
    memberId,
    destructionId: 'd1',
    stores: [{ store: 'events', values: 3, erased: 3 - present, present, unreadable: 0 }],
    readAt: now,
  });

describe('a hold', () => {
  it('keeps what exists; only a process holds what is still to come [charter:8.1f]', () => {
    given(custody)
      .when(place([session, 'm1/session:s9']), facts())
      .then({ code: 'hold-cell-unknown' });
    const process = { ...facts([]), actor: { staffId: 'system', roles: [] } };
    expect(given(custody).when(place(['m1/complaint:c1']), process).answer).toHaveLength(1);
  });

  it('is placed by the Director, reviewed in six months, within five years [charter:8.1f]', () => {
    given(custody)
      .when(place([session]), facts())
      .then([placed([session])]);
  });

  it('is placed by a filed complaint without anybody [charter:8.1f]', () => {
    const system = { ...facts([]), actor: { staffId: 'system', roles: [] } };
    given(custody)
      .when(place([session]), system)
      .then([placed([session])]);
  });

  it('is nobody else’s to decide [charter:8.1f]', () => {
    given(custody)
      .when(place([session]), facts(['SupportLead', 'Technician', 'Administrator']))
      .then({ code: 'hold-needs-director' });
  });

  it('is satisfied when placed twice, and refused under another ground', () => {
    given(custody, placed([session]))
      .when(place([session]), facts())
      .then([]);
    given(custody, placed([session]))
      .when({ ...place([session]), ground: 'court' }, facts())
      .then({ code: 'hold-exists' });
  });

  it('says which cells it came too late for, and is refused when all are condemned [charter:8.1f]', () => {
    given(custody, condemned([session]))
      .when(place([session, other]), facts())
      .then([placed([other], [session])]);
    given(custody, condemned([session]))
      .when(place([session]), facts())
      .then({ code: 'hold-too-late' });
  });

  it('ends by a decision, and what it kept may go', () => {
    const released = given(custody, placed([session])).when(
      { type: 'ReleaseLegalHold', memberId, holdId: 'h1', reason: 'dispute-closed' },
      facts(),
    );
    expect(holdOn(released.after, session)).toBeUndefined();
  });

  it('cannot reach beyond five years or into the past', () => {
    for (const outerBound of ['2026-06-10', '2031-06-11'] as LocalDate[])
      given(custody)
        .when({ ...place([session]), outerBound }, facts())
        .then({ code: 'hold-bound-wrong' });
  });

  it('holds cells of this member only', () => {
    for (const cell of ['m2/session:s1', 'm10/identity', ''])
      given(custody)
        .when(place([cell]), facts())
        .then({ code: 'cell-of-somebody-else' });
  });
});

describe('a destruction', () => {
  it('keeps what is held and says until when; the rest goes [charter:4.3]', () => {
    given(custody, placed([session]))
      .when(condemn([identity, session, other]), facts())
      .then([condemned([identity, other], [{ cell: session, until: '2031-06-10' as LocalDate }])]);
  });

  it('of a cell above a held one is kept too, since it would take the held one along', () => {
    given(custody, placed([`${session}/e1.text`]))
      .when(condemn([session]), facts())
      .then([condemned([], [{ cell: session, until: '2031-06-10' as LocalDate }])]);
  });

  it('waits for the end of a running session', () => {
    given(custody)
      .when(condemn([identity, session]), facts(['Director'], [session]))
      .then({ code: 'erasure-during-session' });
    given(custody)
      .when(condemn([identity]), facts(['Director'], [session]))
      .then([condemned([identity])]);
  });

  it('by retention leaves no trace where everything is held [charter:4.4c]', () => {
    given(custody, placed([session]))
      .when(condemn([session], { cause: 'retention' }), facts())
      .then([]);
  });

  it('twice changes nothing', () => {
    given(custody, condemned([session]))
      .when(condemn([session, other]), facts())
      .then([]);
    given(custody, condemned([session]), destroyed)
      .when(
        { type: 'RecordDestruction', memberId, destructionId: 'd1', cells: [{ cell: session }], destroyedAt: now },
        facts(),
      )
      .then([]);
  });

  it('is certified only after it was read back', () => {
    const certify = {
      type: 'RecordCertificate',
      memberId,
      destructionId: 'd1',
      certificateId: 'c1',
      certificateSha256: 'a'.repeat(64),
    } as const;
    given(custody, condemned([session]), destroyed)
      .when(certify, facts())
      .then({ code: 'destruction-out-of-order' });
    const certified = (result: 'complete' | 'partial') =>
      event(ErasureCertified, {
        memberId,
        destructionId: 'd1',
        certificateId: 'c1',
        certificateSha256: 'a'.repeat(64),
        result,
        certifiedAt: now,
      });
    given(custody, condemned([session]), destroyed, readBack(0))
      .when(certify, facts())
      .then([certified('complete')]);
    given(custody, condemned([session]), destroyed, readBack(1))
      .when(certify, facts())
      .then([certified('partial')]);
  });
});

describe('in any order of commands', () => {
  const cell = fc.constantFrom(identity, session, other, `${session}/e1.text`);
  const command: fc.Arbitrary<CustodyCommand> = fc.oneof(
    fc
      .record({ cells: fc.array(cell, { minLength: 1 }), holdId: fc.constantFrom('h1', 'h2') })
      .map((one) => place(one.cells, one.holdId)),
    fc
      .constantFrom('h1', 'h2')
      .map((holdId) => ({ type: 'ReleaseLegalHold', memberId, holdId, reason: 'dispute-closed' }) as const),
    fc
      .record({ cells: fc.array(cell), destructionId: fc.constantFrom('d1', 'd2') })
      .map((one) => condemn(one.cells, one)),
  );

  it('nothing held is ever condemned, and nothing condemned is ever held', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        let past: Parameters<typeof given>[1][] = [];
        for (const one of commands) {
          const tried = given(custody, ...(past as never[]));
          const before = tried.state;
          const { answer } = tried.when(one, facts());
          if (isRefusal(answer)) continue;
          for (const decided of answer)
            if (decided.type === 'CellsCondemned')
              for (const condemnedCell of decided.data.cells) expect(holdOn(before, condemnedCell)).toBeUndefined();
            else if (decided.type === 'LegalHoldPlaced')
              for (const held of decided.data.cells) expect(isCondemned(before, held)).toBe(false);
          past = [...past, ...(answer as never[])];
        }
      }),
    );
  });
});
