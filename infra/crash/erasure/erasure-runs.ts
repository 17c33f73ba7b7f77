import { backupsIn } from '#application/backup/rotate-backups.js';
import { verifyBackup } from '#application/backup/verify-backup.js';
import { fromEpochMilliseconds, toEpochMilliseconds } from '#kernel/time.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { type Random, seeded } from '../random.js';
import { checkValues, finishErasures } from './check.js';
import { killIn, type Moment } from './kill.js';
import { backupsOf, type Operation, open, type Place, perform, steps } from './operations.js';
import { decideErasure, hire, type Person, register, settled } from './population.js';

export interface ErasureTotals {
  readonly runs: number;
  readonly seed: number;
  /** Kills, by operation. */
  readonly kills: Record<Operation, number>;
  /** Runs in which the operation was through before the blow fell. */
  through: number;
  /** `operation after step`, of every step after which a process died. */
  readonly steps: Set<string>;
  valuesOpened: number;
  backupsVerified: number;
  readonly faults: string[];
  seconds: number;
}

export interface ErasureRuns {
  readonly runs: number;
  readonly seed: number;
  readonly onRun?: (run: number, totals: ErasureTotals) => void;
}

/** One folder's life: a backup comes back after an erasure, after a retention run, and never after a rotation. */
const ORDER: readonly Operation[] = [
  'backup',
  'erase',
  'restore',
  'retention',
  'rotate',
  'backup',
  'erase',
  'retention',
  'restore',
  'rotate',
];
/** Every so many kills fall at any moment instead of after a step. */
const ANY_MOMENT_EVERY = 4;
const STARTS_AT = '2026-06-02T09:00:00+02:00';
const DAY_MS = 86_400_000;

/**
 * kill -9 in erasures, retention runs, rotations, backups and restores, at every step of each and in between. After each
 * kill everything of everybody is opened twice, before and after the work is finished: nothing that was dead comes back,
 * nothing that lives is lost.
 */
export async function crashErasures({ runs, seed, onRun }: ErasureRuns): Promise<ErasureTotals> {
  const started = Date.now();
  const totals: ErasureTotals = {
    runs,
    seed,
    kills: { backup: 0, erase: 0, retention: 0, rotate: 0, restore: 0 },
    through: 0,
    steps: new Set(),
    valuesOpened: 0,
    backupsVerified: 0,
    faults: [],
    seconds: 0,
  };
  const random = seeded(seed);
  for (let first = 0; first < runs; first += ORDER.length)
    await withTemporaryFolder('crash', async (folder) => {
      const series = new Series({ folder, startsAt: STARTS_AT }, random, totals);
      await series.begin();
      for (let run = first; run < Math.min(runs, first + ORDER.length); run += 1) {
        await series.kill(ORDER[run % ORDER.length] ?? 'erase');
        onRun?.(run + 1, totals);
      }
    });
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}

/** What is known of one data folder while its processes die. */
class Series {
  private people: readonly Person[] = [];
  private readonly backups = new Map<string, readonly Person[]>();
  private latest = '';
  private registered = 0;

  constructor(
    private readonly place: Place,
    private readonly random: Random,
    private readonly totals: ErasureTotals,
  ) {}

  async begin(): Promise<void> {
    const { temoin, close } = await open(this.place);
    await hire(temoin);
    for (let n = 0; n < 3; n += 1) await this.add(temoin);
    await settled(temoin);
    await close();
  }

  private async add(temoin: Parameters<typeof register>[0]): Promise<void> {
    this.registered += 1;
    this.people = [...this.people, await register(temoin, this.registered)];
  }

  async kill(operation: Operation): Promise<void> {
    const { place, totals } = this;
    const condemned = await this.prepare(operation);
    const count = totals.kills[operation]++;
    const killed = await killIn(operation, place, this.latest, this.momentOf(operation, count));
    if (killed.died) totals.steps.add(`${operation} after ${killed.lastStep}`);
    else totals.through += 1;
    if (killed.fault !== undefined) totals.faults.push(`${operation} ended: ${killed.fault}`);
    const when = `${operation} killed after ${killed.lastStep}`;
    if (operation === 'restore') await perform('restore', place, this.latest, () => undefined);
    else await this.check(when, condemned);

    if (operation !== 'restore') await perform(operation, place, '', () => undefined);
    else this.people = this.backups.get(this.latest) ?? [];
    for (const person of this.people)
      for (const cell of person.texts.keys()) if (condemned.has(cell)) person.dead.add(cell);
    if (operation === 'rotate') this.backups.clear();
    await this.check(`${when}, then finished`, new Set(), true);
    if (operation === 'backup') await this.verifyBackups();
  }

  /** @returns the cells that are being destroyed */
  private async prepare(operation: Operation): Promise<ReadonlySet<string>> {
    const { temoin, simulation, clock, close } = await open(this.place);
    try {
      if (operation === 'restore') return new Set();
      await this.add(temoin);
      const living = this.people.filter((one) => one.dead.size === 0 || !one.dead.has(`${one.memberId}/identity`));
      const person = this.random.pick(living);
      if (operation === 'erase') await decideErasure(temoin, person);
      if (operation === 'retention')
        simulation?.moveTo(fromEpochMilliseconds(toEpochMilliseconds(clock.now()) + DAY_MS));
      await settled(temoin);
      if (operation === 'erase') return new Set(person.texts.keys());
      return new Set(operation === 'retention' ? this.people.map((one) => one.pastCell) : []);
    } finally {
      await close();
    }
  }

  private momentOf(operation: Operation, count: number): Moment {
    if (count % ANY_MOMENT_EVERY === ANY_MOMENT_EVERY - 1) return { afterMs: this.random.below(250) };
    const all = steps[operation];
    const index = count - Math.floor(count / ANY_MOMENT_EVERY);
    return { afterStep: all[index % all.length] ?? '' };
  }

  private async check(when: string, doubtful: ReadonlySet<string>, finished = false): Promise<void> {
    const installation = await open(this.place);
    try {
      if (finished)
        for (const fault of await finishErasures(installation)) this.totals.faults.push(`${when}: ${fault}`);
      const { faults, values } = await checkValues(installation, this.people, doubtful, when);
      this.totals.faults.push(...faults);
      this.totals.valuesOpened += values;
    } finally {
      await installation.close();
    }
  }

  /** What counts as a backup is whole, whatever died while it was made. */
  private async verifyBackups(): Promise<void> {
    const { record, close } = await open(this.place);
    await close();
    for (const { folder } of await backupsIn(backupsOf(this.place), record.id)) {
      await verifyBackup(folder).catch((error: unknown) => this.totals.faults.push(`${folder}: ${String(error)}`));
      this.totals.backupsVerified += 1;
      if (!this.backups.has(folder)) this.backups.set(folder, this.people);
      this.latest = folder;
    }
  }
}
