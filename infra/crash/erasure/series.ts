import { backupsIn } from '#application/backup/rotate-backups.js';
import { verifyBackup } from '#application/backup/verify-backup.js';
import { fromEpochMilliseconds, toEpochMilliseconds } from '#kernel/time.js';
import type { ServerProcess } from '../../contract/server-process.js';
import type { Random } from '../random.js';
import { checkValues, finishErasures } from './check.js';
import { killIn, type Moment, type Victim } from './kill.js';
import { backupsOf, type Operation, open, type Place, perform, steps } from './operations.js';
import { decideErasure, hire, type Person, register, settled } from './population.js';
import { type Stolen, steal } from './stolen.js';

/** What was done and seen in all the series of a scenario. */
export interface SeriesTotals {
  /** Kills, by operation. */
  readonly kills: Record<Operation, number>;
  /** Of them, those of the server of the events or of the keys instead of the process. */
  serverKills: number;
  /** After these the process gave up and was begun again; after the others it went on by itself. */
  gaveUp: number;
  /** Runs in which the operation was through before the blow fell. */
  through: number;
  /** `operation after step`, of every step after which a process or a server died. */
  readonly steps: Set<string>;
  /** Erasures that ran while a rotation lay half done. */
  erasuresAmidRotations: number;
  valuesOpened: number;
  backupsVerified: number;
  readonly faults: string[];
}

const DAY_MS = 86_400_000;
/** Of so many kills of an operation one falls at any moment instead of after a step, and one hits the server. */
const TURN = 8;
const ANY_MOMENT = 3;
const SERVER = 1;
/** Longest that a killed server is away, in milliseconds: some calls wait for it, others give up. */
const AWAY = 8000;

/** What is known of one data folder while its processes die. */
export class Series {
  private people: readonly Person[] = [];
  private readonly backups = new Map<string, readonly Person[]>();
  private readonly stolen: Stolen = new Map();
  private latest = '';
  private registered = 0;

  /** @param server of the events or of the keys, where it may be killed */
  constructor(
    private readonly place: Place,
    private readonly random: Random,
    private readonly totals: SeriesTotals,
    private readonly server?: ServerProcess,
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
    const when = await this.strike(operation, count);
    if (operation === 'restore') await perform('restore', place, this.latest, () => undefined);
    else await this.check(when, condemned);

    // every other time somebody is erased before the rotation goes on
    if (operation === 'rotate' && count % 2 === 1) await this.eraseMeanwhile(when);
    if (operation !== 'restore') await perform(operation, place, '', () => undefined);
    else this.people = this.backups.get(this.latest) ?? [];
    this.bury(condemned);
    if (operation === 'rotate') this.backups.clear();
    await this.check(`${when}, then finished`, new Set(), true);
    if (operation === 'backup') await this.verifyBackups();
  }

  /** @returns what was killed, and where */
  private async strike(operation: Operation, count: number): Promise<string> {
    const { place, random, server, totals } = this;
    const victim: Victim =
      server !== undefined && count % TURN === SERVER ? { server, awayMs: random.below(AWAY) } : 'process';
    const { died, lastStep, fault } = await killIn(
      operation,
      place,
      this.latest,
      this.momentOf(operation, count, victim),
      victim,
    );
    if (died) totals.steps.add(`${operation} after ${lastStep}`);
    else totals.through += 1;
    if (victim !== 'process' && died) {
      totals.serverKills += 1;
      if (fault !== undefined) totals.gaveUp += 1;
    } else if (fault !== undefined) totals.faults.push(`${operation} ended: ${fault}`);
    return `${operation}, ${victim === 'process' ? '' : 'its server '}killed after ${lastStep}`;
  }

  private momentOf(operation: Operation, count: number, victim: Victim): Moment {
    const all = steps[operation];
    if (victim !== 'process' && Math.floor(count / TURN) % 2 === 0) return { afterStep: this.random.pick(all) };
    if (victim !== 'process' || count % TURN === ANY_MOMENT) return { afterMs: this.random.below(250) };
    // one after the other, however many of the kills before fell elsewhere
    const elsewhere = Array.from({ length: count }, (_, n) => n % TURN).filter(
      (n) => n === ANY_MOMENT || (this.server !== undefined && n === SERVER),
    );
    return { afterStep: all[(count - elsewhere.length) % all.length] ?? '' };
  }

  /** @returns the cells that are being destroyed */
  private async prepare(operation: Operation): Promise<ReadonlySet<string>> {
    const { temoin, stores, simulation, clock, close } = await open(this.place);
    try {
      if (operation === 'restore') return new Set();
      await this.add(temoin);
      const person = this.someoneLiving();
      if (operation === 'erase') await decideErasure(temoin, person);
      if (operation === 'retention')
        simulation?.moveTo(fromEpochMilliseconds(toEpochMilliseconds(clock.now()) + DAY_MS));
      await settled(temoin);
      await steal(stores.keyVault, this.stolen);
      if (operation === 'erase') return new Set(person.texts.keys());
      return new Set(operation === 'retention' ? this.people.map((one) => one.pastCell) : []);
    } finally {
      await close();
    }
  }

  private someoneLiving(): Person {
    return this.random.pick(this.people.filter((one) => !one.dead.has(`${one.memberId}/identity`)));
  }

  private async eraseMeanwhile(when: string): Promise<void> {
    const { temoin, stores, close } = await open(this.place);
    const person = this.someoneLiving();
    try {
      await decideErasure(temoin, person);
      await settled(temoin);
      await steal(stores.keyVault, this.stolen);
    } finally {
      await close();
    }
    await perform('erase', this.place, '', () => undefined);
    this.bury(new Set(person.texts.keys()));
    this.totals.erasuresAmidRotations += 1;
    await this.check(`${when}, then an erasure`, new Set(), true);
  }

  private bury(condemned: ReadonlySet<string>): void {
    for (const person of this.people)
      for (const cell of person.texts.keys()) if (condemned.has(cell)) person.dead.add(cell);
  }

  private async check(when: string, doubtful: ReadonlySet<string>, finished = false): Promise<void> {
    const installation = await open(this.place);
    try {
      await steal(installation.stores.keyVault, this.stolen);
      if (finished)
        for (const fault of await finishErasures(installation, this.stolen))
          this.totals.faults.push(`${when}: ${fault}`);
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
