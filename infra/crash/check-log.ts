import type { EventStore } from '#ports/event-store/event-store.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { openInstallation } from '../../apps/composition/installation.js';
import { LEASE_MS } from '../../apps/composition/owning.js';
import type { Acknowledged } from './clients.js';
import { eventOf } from './history/history.js';

export interface LogCheck {
  readonly faults: readonly string[];
  readonly events: number;
  /** Views rebuilt and compared with the live ones. */
  readonly views: number;
  /** What each stream holds: for each event its command, and which of that command's events it is. */
  readonly streams: ReadonlyMap<string, readonly string[]>;
}

interface Found {
  readonly stream: string;
  readonly types: string[];
  revision: number;
  position: string;
}

/**
 * Opens the data folder that a killed service left behind, lets the projections catch up, and checks everything that was
 * acknowledged: once each, where its receipt says, without gaps; every view as a rebuild makes it.
 */
export async function checkLog(
  folder: string,
  acknowledged: readonly Acknowledged[],
  env: Readonly<Record<string, string>> = {},
): Promise<LogCheck> {
  const configuration = loadConfiguration(env, ['--data', folder]);
  const installation = await openInstallation(configuration, { lock: true, create: false });
  const { temoin } = installation;
  try {
    const { found, faults, events, streams } = await readLog(temoin.eventStore);
    for (const one of acknowledged) faults.push(...compare(one, found));
    const head = await temoin.eventStore.head();
    for (const { schema } of temoin.views) {
      if (head !== undefined && !(await temoin.waitFor(schema.name, head, 600_000)))
        faults.push(`view ${schema.name} did not catch up`);
      const { differences, parked } = await inTurn(() => temoin.rebuild(schema.name));
      if (differences.length > 0)
        faults.push(`view ${schema.name} differs from its rebuild in ${differences.length} documents`);
      if (parked.length > 0) faults.push(`view ${schema.name} parked ${parked.length} streams`);
    }
    return { faults, events, views: temoin.views.length, streams };
  } finally {
    await installation.close();
  }
}

/**
 * Views on a server: the turn of the one that was killed goes to the next only when its lease has run out. A server that a
 * busy machine keeps from answering is asked again for ten minutes: only what it answers can be a fault.
 */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const patience: Readonly<Record<string, number>> = { 'not-projecting': 2 * LEASE_MS, unavailable: 600_000 };
  for (const began = Date.now(); ; )
    try {
      return await work();
    } catch (error) {
      if (Date.now() - began > (patience[String((error as { readonly code?: unknown }).code)] ?? 0)) throw error;
    }
}

async function readLog(store: EventStore) {
  const found = new Map<string, Found>();
  const next = new Map<string, number>();
  const streams = new Map<string, string[]>();
  const faults: string[] = [];
  let position = '';
  let events = 0;
  for await (const event of store.readAll()) {
    events += 1;
    if (event.position <= position) faults.push('positions do not ascend');
    position = event.position;
    const expected = next.get(event.stream) ?? 0;
    if (event.revision !== expected) faults.push(`${event.stream} goes to revision ${event.revision}, not ${expected}`);
    next.set(event.stream, event.revision + 1);
    const { commandId } = JSON.parse(Buffer.from(event.metadata).toString('utf8')) as { readonly commandId: string };
    const one = found.get(commandId) ?? { stream: event.stream, types: [], revision: -1, position: '' };
    if (one.stream !== event.stream) faults.push('one command wrote to two streams');
    streams.set(event.stream, [...(streams.get(event.stream) ?? []), eventOf(commandId, one.types.length)]);
    one.types.push(event.type);
    one.revision = event.revision;
    one.position = event.position;
    found.set(commandId, one);
  }
  return { found, faults, events, streams };
}

function compare({ command, receipt }: Acknowledged, found: ReadonlyMap<string, Found>): readonly string[] {
  const types = receipt.events as readonly string[];
  const stored = found.get(String(receipt.commandId));
  const what = `${command.path} (command ${String(receipt.commandId)})`;
  if (types.length === 0) return stored === undefined ? [] : [`${what} stored events that its receipt does not name`];
  if (stored === undefined) return [`${what} was acknowledged and is lost`];
  const differs = [
    stored.stream !== receipt.stream && 'another stream',
    stored.revision !== receipt.revision && `revision ${stored.revision}`,
    stored.position !== receipt.position && 'another position',
    stored.types.join() !== types.join() && `events ${stored.types.join()}`,
  ].filter((one) => one !== false);
  return differs.length === 0 ? [] : [`${what} is stored otherwise than its receipt says: ${differs.join(', ')}`];
}
