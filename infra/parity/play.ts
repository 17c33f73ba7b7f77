import { sessionsOnFrom } from '#application/facts/sessions-on.js';
import { allViews } from '#views/all-views.js';
import { bindingsWith } from '../../apps/composition/bindings.js';
import { openSlice } from '../../apps/service/slice.js';
import { type Engine, openEngine } from './engines.js';
import { playCommands } from './play-commands.js';
import { playDemo } from './play-demo.js';
import { type Snapshot, snapshotOf } from './snapshot.js';

export interface Played {
  readonly snapshot: Snapshot;
  /** Accepted commands of the random part, by type. */
  readonly accepted: Readonly<Record<string, number>>;
}

export interface PlayRequest {
  readonly engine: string;
  readonly seed: number;
  readonly commands: number;
  /** For the files of this run; empty. */
  readonly folder: string;
  readonly root: string;
  readonly run: string;
}

const PATIENCE = 600_000;

/** The demonstration's story, then random commands, on one engine. */
export async function play({ engine, seed, commands, folder, root, run }: PlayRequest): Promise<Played> {
  const { eventStore, viewStore, keyVault, close } = await openEngine(engine as Engine, folder, run);
  const bindings = bindingsWith(sessionsOnFrom(viewStore));
  const slice = await openSlice({ temoin: { eventStore, viewStore, keyVault, bindings } });
  const { temoin } = slice;
  // each view up to the last event that concerns it: on a server the rest of the log would be waited for
  const settled = async () => {
    for (const { schema, streamPrefixes } of allViews) {
      const last = eventStore.lastOf(streamPrefixes);
      if (last !== undefined && !(await temoin.waitFor(schema.name, last, PATIENCE)))
        throw new Error(`the view ${schema.name} does not catch up`);
    }
  };
  try {
    const told = await playDemo(slice, root, settled);
    const { answers, accepted } = await playCommands(slice, { seed, commands, settled });
    if (slice.faults.length > 0) throw new Error(`a bare 500: ${String(slice.faults[0])}`);
    return { snapshot: await snapshotOf(temoin, [...told, ...answers]), accepted };
  } finally {
    await slice.close();
    await close();
  }
}
