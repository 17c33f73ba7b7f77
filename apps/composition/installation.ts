import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { sessionsOnFrom } from '#application/facts/sessions-on.js';
import type { Ownership, OwnershipOptions } from '#application/lease/ownership.js';
import { type LetterPost, letterPost } from '#application/letters/post-letters.js';
import type { MemberExports } from '#application/member-export/member-exports.js';
import { type Alarm, openTemoin, type Temoin, type TemoinOptions } from '#application/temoin.js';
import type { Signer } from '#evidence/signature.js';
import type { Clock } from '#ports/clock/clock.js';
import type { Tracer } from '#ports/tracer/tracer.js';
import type { GateReport } from '#vault/boot-gate.js';
import type { ErasureLedger } from '#vault/ledger.js';
import { allViews } from '#views/all-views.js';
import { bindingsWith } from './bindings.js';
import { certifiedDestructions } from './certified-destructions.js';
import { followSimulatedClock, machineClock, runSimulatedClock, type SimulatedClock } from './clocks.js';
import type { Configuration } from './configuration.js';
import { type InstallationRecord, prepareDataFolder } from './data-folder.js';
import { type Erasing, openErasing } from './erasing.js';
import { openLedger } from './erasure-ledger.js';
import { openMemberExports } from './exports-of-members.js';
import { refuseLostKeys } from './lost-keys.js';
import { openMailer } from './mail-choice.js';
import { refuseOtherLog } from './other-log.js';
import { refuseOtherVault } from './other-vault.js';
import { owning, present } from './owning.js';
import { keepReport, passGate } from './pass-gate.js';
import { openRootKey } from './root-key.js';
import { shareServiceLock, takeServiceLock } from './service-lock.js';
import { openSigningKey } from './signing-key.js';
import { openStores, type Stores } from './stores.js';
import { timed } from './timed-stores.js';
import { tracedBindings, tracedCommands, tracedErasure, tracedMailer, tracedStores } from './traced.js';
import { refuseUnfinishedRestore } from './unfinished-restore.js';

export interface Installation {
  readonly config: Configuration;
  readonly record: InstallationRecord;
  readonly temoin: Temoin;
  readonly stores: Stores;
  readonly clock: Clock;
  /** The clock that can be moved; undefined on a real installation and beside a service. */
  readonly simulation: SimulatedClock | undefined;
  /** What the start found of erasures, and did. With a fault nothing is opened. */
  readonly gate: GateReport;
  readonly ledger: ErasureLedger;
  readonly signer: Signer;
  readonly erasing: Erasing;
  /** Copies of everything held on a member. */
  readonly memberExports: MemberExports;
  /** The way out for letters to members. */
  readonly letters: LetterPost;
  /** Of what one process does alone; undefined in a process that never does it. */
  readonly ownership: Ownership | undefined;
  /** Undefined where nothing is traced. */
  readonly tracer: Tracer | undefined;
  /** Stops projections, closes the stores, frees the lock. Safe to call twice. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** True: the one service of this folder. False: a tool beside it, or while it is stopped. */
  readonly lock: boolean;
  /** Make folder and key when they are not there. Default: as `lock`. */
  readonly create?: boolean;
  /** Project events into views. Default: as `lock`. */
  readonly project?: boolean;
  readonly onAlarm?: (alarm: Alarm) => void;
  /** Told what opening answered, and how long an append took: to count. */
  readonly onOpened?: TemoinOptions['onOpened'];
  readonly onAppended?: (outcome: string, milliseconds: number) => void;
  /** The same application, its commands counted: those of processes, letters and erasures too. */
  readonly counting?: (temoin: Temoin) => Temoin;
  /** What stands between the application and its stores, for those who test how it bears their faults. */
  readonly through?: (stores: Stores) => Stores;
  /** This process became the owner of what one does alone, or is that no more. */
  readonly onTurn?: OwnershipOptions['onTurn'];
  readonly tracer?: Tracer | undefined;
}

/**
 * Opens everything that the configuration names, for the service and for tools beside it. When a part cannot be opened,
 * what was opened before it is closed again.
 * @throws SetupFault whose message says what is wrong and what to do
 */
export async function openInstallation(config: Configuration, options: OpenOptions): Promise<Installation> {
  const { lock, create = lock, project = lock && config.role !== 'api', onAlarm, tracer } = options;
  const undo: (() => void | Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    await refuseUnfinishedRestore(config.data);
    const record = await prepareDataFolder(config.data, config.simulated, create);
    const alone = lock && config.role === 'all';
    if (lock) undo.push((alone ? takeServiceLock(config.data) : await shareServiceLock(config.data)).release);
    const isNew = create && !existsSync(config.rootKey);
    const rootKey = await openRootKey(config, create);
    const signer = await openSigningKey(config, { create, isNew });
    const { clock, simulation } = openClock(config, alone);
    if (simulation) undo.push(simulation.close);
    const opened = timed(await openStores(config), options.onAppended);
    const seen = tracer ? tracedStores(tracer, opened) : opened;
    const stores = options.through?.(seen) ?? seen;
    undo.push(opened.close);
    await refuseOtherLog(stores, project);
    await refuseOtherVault(config, stores, () => refuseLostKeys(config, stores));
    const { eventStore, viewStore, keyVault } = stores;
    const ledger = openLedger(config, record, signer);
    const gate = await passGate(stores, ledger, await certifiedDestructions(config, signer));
    await keepReport(config.data, gate, machineClock.now());
    const self = `process/${randomUUID()}`;
    const ownership = project ? owning(config, stores, self, lock, options.onTurn) : undefined;
    if (ownership) undo.push(() => ownership.stop());
    const bindings = bindingsWith(sessionsOnFrom(viewStore), config.clocks, config.simulated);
    const plain = await openTemoin({
      eventStore,
      viewStore,
      keyVault,
      rootKey,
      clock,
      bindings: tracer ? tracedBindings(tracer, bindings) : bindings,
      views: allViews,
      project,
      ownership,
      verified: gate.fault === undefined,
      ...(onAlarm ? { onAlarm } : {}),
      ...(options.onOpened ? { onOpened: options.onOpened } : {}),
    });
    const traced = tracer ? tracedCommands(tracer, plain) : plain;
    const temoin = options.counting?.(traced) ?? traced;
    undo.push(() => temoin.close());
    const presence = lock ? await present(config, temoin, self, options.onTurn) : undefined;
    if (presence) undo.push(() => presence.stop());
    const memberExports = openMemberExports(config, temoin);
    const postbox = openMailer(config.mail);
    if (postbox) undo.push(() => postbox.close());
    const mailer = postbox && tracer ? tracedMailer(tracer, postbox) : postbox;
    const letters = letterPost({
      temoin,
      time: frenchCivilTime(),
      mailer,
      links: config.memberLinks,
      association: config.association,
      phone: config.publicPhone,
    });
    const untraced = openErasing(config, record, temoin, ledger, signer, memberExports, letters, undefined, self);
    const erasing = tracer ? { ...untraced, erasure: tracedErasure(tracer, untraced.erasure) } : untraced;
    return {
      config,
      record,
      temoin,
      stores,
      clock,
      simulation,
      gate,
      ledger,
      signer,
      erasing,
      memberExports,
      letters,
      ownership,
      tracer,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function openClock(config: Configuration, alone: boolean): { clock: Clock; simulation: SimulatedClock | undefined } {
  if (!config.simulated) return { clock: machineClock, simulation: undefined };
  if (!alone || config.simulate === undefined)
    return { clock: followSimulatedClock(config.data), simulation: undefined };
  const simulation = runSimulatedClock(config.data, config.simulate);
  return { clock: simulation, simulation };
}
