import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import { fallbackParameters } from '../charter/parameters.js';
import { type CustodyState, initialCustody } from '../custody/state.js';
import type { DecideRightsRequest, GridLine, ReceiveRightsRequest } from './commands.js';
import { IdentityChecked, type RightsKind, RightsRequestReceived } from './events.js';
import type { RightsFacts } from './facts.js';

/** What the specifications of rights share: one member with an identity and one session. */

export const at = (text: string) => toInstant(text) as Instant;
export const now = at('2026-06-10T10:00:00+02:00');
export const identity = 'm1/identity';
export const session = 'm1/session:s1';
export const heldSession: CustodyState = {
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
export const facts = (more: Partial<RightsFacts> = {}): RightsFacts => ({
  now,
  actor: { staffId: 'd1', roles: ['Director'] },
  calendar: { civilTime: frenchCivilTime(), isClosed: () => false },
  parameters: fallbackParameters,
  memberKnown: true,
  custody: initialCustody,
  cells: [identity, session],
  runningCells: [],
  mostLines: 2000,
  isDelegate: false,
  ...more,
});
export const receive = (kind: RightsKind, receivedAt = now): ReceiveRightsRequest => ({
  type: 'ReceiveRightsRequest',
  rightsId: 'r1',
  memberId: 'm1',
  kind,
  channel: 'phone',
  receivedAt,
  concernsDirector: false,
});
export const received = (
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
export const checked = event(IdentityChecked, {
  rightsId: 'r1',
  memberId: 'm1',
  method: 'membership-number',
  checkedAt: now,
});
export const decideErasure = (grid: readonly GridLine[], reasons?: string): DecideRightsRequest => ({
  type: 'DecideRightsRequest',
  rightsId: 'r1',
  grounds: [],
  grid,
  ...(reasons === undefined ? {} : { reasons }),
});
export const erase = (cell: string): GridLine => ({ cell, decision: 'erase' });
export const keep = (cell: string): GridLine => ({ cell, decision: 'keep', ground: 'legal-claim' });
