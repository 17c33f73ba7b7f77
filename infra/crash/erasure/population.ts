import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { decisionGrid } from '#application/rights/decision-grid.js';
import type { Temoin } from '#application/temoin.js';
import { fromEpochMilliseconds, toEpochMilliseconds } from '#kernel/time.js';

/** A person of the runs: which texts were written down of them, and which of their cells must be dead. */
export interface Person {
  readonly memberId: string;
  /** By cell: what its one text says. */
  readonly texts: ReadonlyMap<string, string>;
  /** The session whose year is over: the next retention run takes it. */
  readonly pastCell: string;
  readonly dead: Set<string>;
}

const DAY_MS = 86_400_000;

/** Whoever ran all those sessions. */
export const TECHNICIAN = 'intervenante';

export async function hire(temoin: Temoin): Promise<void> {
  await give(temoin, `staff-${TECHNICIAN}`, { type: 'RegisterStaff', staffId: TECHNICIAN, name: 'Ondine Fictive' });
}

/** A member with a session of yesterday and one that may be kept no longer. */
export async function register(temoin: Temoin, number: number): Promise<Person> {
  const memberId = `m${number}`;
  const name = `Personne fictive ${number}`;
  const identity = { membershipNumber: name, name, status: 'active', minor: false };
  await give(temoin, `member-${memberId}`, { type: 'RegisterMember', memberId, ...identity });
  const past = await session(temoin, memberId, 'past', 400);
  const recent = await session(temoin, memberId, 'recent', 1);
  const texts = new Map([[`${memberId}/identity`, name], past, recent]);
  return { memberId, texts, pastCell: past[0], dead: new Set() };
}

async function session(temoin: Temoin, memberId: string, what: string, daysAgo: number): Promise<[string, string]> {
  const sessionId = `${what}-${memberId}`;
  const problem = `Panne ${what} de ${memberId}`;
  const endedAt = toEpochMilliseconds(temoin.clock.now()) - daysAgo * DAY_MS;
  await give(temoin, `session-${sessionId}`, {
    type: 'RecordSessionAfterwards',
    sessionId,
    memberId,
    technicianId: TECHNICIAN,
    startedAt: fromEpochMilliseconds(endedAt - 1_200_000),
    endedAt: fromEpochMilliseconds(endedAt),
    problem,
    reason: 'other',
    memberPresent: 'yes',
    linkEncrypted: 'yes',
  });
  return [`${memberId}/session:${sessionId}`, problem];
}

/** The member asks for the erasure of everything, and it is decided: from here on it must happen. */
export async function decideErasure(temoin: Temoin, { memberId }: Person): Promise<void> {
  const rightsId = `case-${memberId}`;
  const receivedAt = temoin.clock.now();
  const received = { memberId, kind: 'erasure', channel: 'email', receivedAt, concernsDirector: false };
  const stream = `rights-${rightsId}`;
  await give(temoin, stream, { type: 'ReceiveRightsRequest', rightsId, ...received });
  await give(temoin, stream, { type: 'CheckIdentity', rightsId, method: 'membership-number' });
  await settled(temoin);
  const found = await decisionGrid(temoin, frenchCivilTime(), rightsId);
  const grid = (found?.lines ?? []).map(({ cell }) => ({ cell, decision: 'erase' }));
  await give(temoin, stream, { type: 'DecideRightsRequest', rightsId, grounds: [], grid });
}

async function give(temoin: Temoin, stream: string, command: { readonly type: string }): Promise<void>;
async function give(temoin: Temoin, stream: string, command: Readonly<Record<string, unknown>>): Promise<void>;
async function give(temoin: Temoin, stream: string, command: object): Promise<void> {
  const outcome = await temoin.execute({
    commandId: temoin.ids.freshCommandId(),
    actor: TECHNICIAN,
    actorRoles: ['Administrator', 'Director', 'SupportLead', 'Technician'],
    stream,
    command: command as { readonly type: string },
  });
  if (outcome.outcome !== 'accepted') throw new Error(`${stream}: ${JSON.stringify(outcome)}`);
}

/** Waits until every view has seen everything that is stored. */
export async function settled({ eventStore, waitFor, views }: Temoin): Promise<void> {
  const head = await eventStore.head();
  for (const { schema } of views)
    if (head !== undefined && !(await waitFor(schema.name, head, 600_000)))
      throw new Error(`the view ${schema.name} does not catch up`);
}
