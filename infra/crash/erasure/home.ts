import type { ServerProcess } from '../../contract/server-process.js';
import type { Place } from './operations.js';

/** Where a series has its events and its keys; its views are files in any case. */
export interface Home {
  readonly inFiles: boolean;
  /** Has them there for as long as the work takes. */
  readonly kept: (work: (placeOf: PlaceOf) => Promise<void>) => Promise<void>;
}

/** A place of its own for each series. The one before is not needed any more. */
export type PlaceOf = (series: number) => Promise<Placed>;

export interface Placed {
  readonly place: Pick<Place, 'eventStore' | 'keyVault'>;
  /** Absent where it is not ours to kill. */
  readonly server?: ServerProcess;
}

export const allInFiles: Home = { inFiles: true, kept: (work) => work(async () => ({ place: {} })) };
