import { cp, open, truncate } from 'node:fs/promises';
import type { EventStore } from '#ports/event-store/event-store.js';
import { loadConfiguration } from '../../../apps/composition/configuration.js';
import { openInstallation } from '../../../apps/composition/installation.js';
import type { Random } from '../random.js';

export type Damage =
  | { readonly kind: 'truncated'; readonly bytes: number }
  | { readonly kind: 'flipped'; readonly byte: number; readonly bit: number };

/** Somewhere in the file; now and then at its very beginning or end, where headers are. */
export function damageOf(random: Random, kind: Damage['kind'], size: number): Damage {
  if (kind === 'truncated') return { kind, bytes: random.below(8) === 0 ? 0 : random.below(size) };
  return { kind, byte: random.below(random.below(6) === 0 ? 128 : size), bit: random.below(8) };
}

export async function harm(file: string, damage: Damage): Promise<void> {
  if (damage.kind === 'truncated') return truncate(file, damage.bytes);
  const handle = await open(file, 'r+');
  try {
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, damage.byte);
    byte.writeUInt8(byte.readUInt8(0) ^ (1 << damage.bit), 0);
    await handle.write(byte, 0, 1, damage.byte);
  } finally {
    await handle.close();
  }
}

/** Everything that a log says, read in its order and stream by stream: two ways through the file. */
export async function readWhole(store: EventStore): Promise<string> {
  const lines: string[] = [];
  const streams = new Set<string>();
  for await (const { data, metadata, ...rest } of store.readAll()) {
    streams.add(rest.stream);
    lines.push(JSON.stringify([rest, Buffer.from(data).toString('base64'), Buffer.from(metadata).toString('base64')]));
  }
  for (const stream of [...streams].sort())
    for await (const { position, eventId, revision } of store.readStream(stream))
      lines.push(`${stream} ${revision} ${position} ${eventId}`);
  return lines.join('\n');
}

export type Found =
  /** Said at the start: nothing was opened. */
  | 'refused'
  /** Said when the place was read. */
  | 'failed'
  /** Every byte that was read is as it was. */
  | 'unharmed'
  /** Something else was given as if it were the truth. */
  | 'served';

/** Opens a damaged copy of a data folder as a service does, and reads everything. */
export async function openDamaged(data: string, copy: string, damage: Damage, truth: string): Promise<Found> {
  await cp(data, copy, { recursive: true });
  await harm(`${copy}/events.sqlite`, damage);
  let installation: Awaited<ReturnType<typeof openInstallation>>;
  try {
    installation = await openInstallation(loadConfiguration({}, ['--data', copy]), { lock: true, create: false });
  } catch {
    return 'refused';
  }
  try {
    if (installation.gate.fault !== undefined) return 'refused';
    return (await readWhole(installation.temoin.eventStore)) === truth ? 'unharmed' : 'served';
  } catch {
    return 'failed';
  } finally {
    await installation.close();
  }
}
