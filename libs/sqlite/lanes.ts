import type { Parcel } from './packet.js';
import type { CallHead } from './protocol.js';

/** Calls about one thing. */
export interface Lane {
  readonly name: string;
  atWorker: number;
  held: Parcel<CallHead>[];
}

/**
 * Keeps the calls of a lane from overtaking each other in groups. Two groups of writers of one stream, taking turns at the
 * worker, would otherwise starve one of them: it would always hear of the other's last success just too late.
 */
export function lanesOf() {
  const lanes = new Map<string, Lane>();
  return {
    find(name: string | undefined): Lane | undefined {
      if (name === undefined) return undefined;
      const lane = lanes.get(name) ?? { name, atWorker: 0, held: [] };
      lanes.set(name, lane);
      return lane;
    },
    left(lane: Lane | undefined): void {
      if (lane) lane.atWorker += 1;
    },
    /** @returns calls that may go now */
    answered(lane: Lane | undefined): readonly Parcel<CallHead>[] {
      if (!lane) return [];
      lane.atWorker -= 1;
      if (lane.atWorker > 0) return [];
      const { held } = lane;
      lane.held = [];
      if (held.length === 0) lanes.delete(lane.name);
      return held;
    },
  };
}
