import type { SealedCustodyEvent } from '#domain/custody/events.js';
import { isComplete } from '#domain/custody/state.js';
import type { Position } from '#ports/event-store/event-store.js';
import type { Temoin } from '../temoin.js';

type Of<T extends SealedCustodyEvent['type']> = Extract<SealedCustodyEvent, { readonly type: T }>['data'];

/** One destruction as its stream tells it. */
export interface DestructionRecord {
  readonly condemned: Of<'CellsCondemned'>;
  readonly destroyed: Of<'CellsDestroyed'> | undefined;
  /** The last time, with the place of its event in the log. */
  readonly readBack: (Of<'ErasureReadBack'> & { readonly position: Position }) | undefined;
  /** The certificate of that reading back; undefined while there is none. */
  readonly certified: Of<'ErasureCertified'> | undefined;
}

/** Read from the stream itself each time: views may be behind. @returns undefined when nothing was condemned under that id */
export async function destructionRecord(
  { eventStore, decode }: Temoin,
  memberId: string,
  destructionId: string,
): Promise<DestructionRecord | undefined> {
  let found: DestructionRecord | undefined;
  for await (const stored of eventStore.readStream(`custody-${memberId}`)) {
    const event = decode(stored) as unknown as SealedCustodyEvent;
    if (!('destructionId' in event.data) || event.data.destructionId !== destructionId) continue;
    if (event.type === 'CellsCondemned')
      found = { condemned: event.data, destroyed: undefined, readBack: undefined, certified: undefined };
    else if (found && event.type === 'CellsDestroyed') found = { ...found, destroyed: event.data };
    else if (found && event.type === 'ErasureReadBack')
      found = { ...found, readBack: { ...event.data, position: stored.position }, certified: undefined };
    else if (found && event.type === 'ErasureCertified') found = { ...found, certified: event.data };
  }
  return found;
}

export const isReadBackWhole = ({ readBack }: DestructionRecord): boolean =>
  readBack !== undefined && isComplete(readBack.stores);

export const isThrough = (record: DestructionRecord): boolean =>
  isReadBackWhole(record) && record.certified !== undefined;

/** One destruction to work on. */
export interface Target {
  readonly memberId: string;
  readonly destructionId: string;
}
export interface DestroyedTarget extends Target {
  readonly cells: readonly string[];
}
