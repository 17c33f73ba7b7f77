import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDurably } from '#application/backup/durable.js';
import type { BackupPart } from '#application/backup/manifest.js';
import { sealedWithin } from '#application/erasure/sealed-within.js';
import type { Instant } from '#kernel/time.js';
import { restore } from './backups.js';
import { SIMULATION_CLOCK } from './clocks.js';
import type { Configuration } from './configuration.js';
import { type Installation, openInstallation } from './installation.js';

export interface RehearsalReport {
  readonly backupId: string;
  readonly events: number;
  /** How every personal value of the log answered. */
  readonly present: number;
  readonly erased: number;
  readonly unreadable: number;
  /** Views that were not what their events say. */
  readonly wrongViews: readonly string[];
  /** Every value answered, and every view agreed. */
  readonly sound: boolean;
}

export interface RehearsalRequest {
  readonly from: string;
  readonly now: Instant;
  readonly onFile?: (part: BackupPart, bytes: number) => void;
  readonly onProgress?: (what: string) => void;
}

/**
 * Brings a backup back into a folder that is thrown away, with the keys and the ledger of the installation, opens every
 * personal value and compares every view with its events. The installation itself is not touched; it remembers the outcome.
 * @throws BackupError; SetupFault
 */
export async function rehearse(config: Configuration, request: RehearsalRequest): Promise<RehearsalReport> {
  const { now, onProgress = () => undefined } = request;
  const scratch = await mkdtemp(join(tmpdir(), 'temoin-rehearsal-'));
  try {
    const there = elsewhere(config, scratch);
    const { backupId } = await restore(there, { ...request, keepVault: false });
    // a simulation goes on telling the time of the one that is rehearsed
    if (config.simulated) await copyFile(join(config.data, SIMULATION_CLOCK), join(scratch, SIMULATION_CLOCK));
    const installation = await openInstallation(there, { lock: false, create: false, project: true });
    try {
      const values = await openEveryValue(installation, onProgress);
      const wrongViews = await compareViews(installation, onProgress);
      const sound = values.unreadable === 0 && wrongViews.length === 0;
      const report = { backupId, ...values, wrongViews, sound };
      await writeDurably(join(config.data, RECORD), `${JSON.stringify({ at: now, backupId, sound })}\n`);
      return report;
    } finally {
      await installation.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const RECORD = 'rehearsal.json';

/** The last rehearsal; undefined where none is known. */
export async function lastRehearsal(
  data: string,
): Promise<{ readonly at: Instant; readonly backupId: string; readonly sound: boolean } | undefined> {
  try {
    return JSON.parse(await readFile(join(data, RECORD), 'utf8'));
  } catch {
    return undefined;
  }
}

function elsewhere(config: Configuration, data: string): Configuration {
  const file = (name: string) => ({ engine: 'sqlite' as const, file: join(data, name) });
  return {
    ...config,
    data,
    eventStore: file('events.sqlite'),
    viewStore: file('views.sqlite'),
    keyVault: file('vault.sqlite'),
    recoveryDir: join(data, 'recovery'),
    backupDir: undefined,
  };
}

async function openEveryValue({ temoin }: Installation, onProgress: (what: string) => void) {
  const found = { present: 0, erased: 0, unreadable: 0 };
  let events = 0;
  for await (const stored of temoin.eventStore.readAll()) {
    events += 1;
    const values = sealedWithin(temoin.decode(stored).data);
    for (const { state } of values.length === 0 ? [] : await temoin.opener.open(values)) found[state] += 1;
    if (events % 1000 === 0) onProgress(`${events} events opened`);
  }
  return { events, ...found };
}

const PATIENCE_MS = 600_000;

async function compareViews({ temoin }: Installation, onProgress: (what: string) => void): Promise<readonly string[]> {
  const head = await temoin.eventStore.head();
  const wrong: string[] = [];
  for (const { schema } of temoin.views) {
    onProgress(`comparing the view ${schema.name}`);
    const behind = head !== undefined && !(await temoin.waitFor(schema.name, head, PATIENCE_MS));
    const { differences, parked } = await temoin.rebuild(schema.name);
    if (behind || differences.length + parked.length > 0) wrong.push(schema.name);
  }
  return wrong;
}
