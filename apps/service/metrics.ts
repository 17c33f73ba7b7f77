import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CommandOutcome } from '#application/command.js';
import { codeOf } from '#application/fault.js';
import { type FeedQueue, feedQueue } from '#application/feed/feed-queue.js';
import type { Temoin } from '#application/temoin.js';
import type { Opened } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { AnsweredRequest } from '#nest-shell/service-parts.js';
import { lettersView } from '#views/letters.js';
import { mailQueue } from '#views/mail-queue.js';
import { subscribersView } from '#views/subscribers.js';
import { COUNTED, lackingOf, secondsSince } from '../composition/figures.js';

/** Figures of one process. Labels are codes and names of our own: no id, no person, no address as it was sent. */
export interface Metrics {
  readonly onAppended: (outcome: string, milliseconds: number) => void;
  readonly onOpened: (answers: readonly Opened<unknown>[]) => void;
  readonly onAnswer: (answer: AnsweredRequest) => void;
  /** The same application, its commands counted. */
  counting(temoin: Temoin): Temoin;
  /** Says which figures are asked for at each scrape. */
  watch(asked: Watched): void;
  scrape(): Promise<{ readonly type: string; readonly text: string }>;
}

export interface Watched {
  readonly temoin: Pick<Temoin, 'lag' | 'eventStore' | 'viewStore' | 'views' | 'clock' | 'decode'>;
  readonly owns: () => boolean;
  /** Destructions decided and not through; undefined in a process that does not carry them out. */
  readonly erasuresWaiting: () => number | undefined;
  /** When the newest backup was made, by the clock of the installation; undefined: none is known, or none can be. */
  readonly lastBackup: () => Promise<Instant | undefined>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const commands = new Counter({
    name: 'temoin_commands_total',
    help: 'Commands by type and outcome',
    labelNames: ['command', 'outcome'] as const,
    registers,
  });
  const refusals = new Counter({
    name: 'temoin_refusals_total',
    help: 'Refused commands by the code of the refusal',
    labelNames: ['code'] as const,
    registers,
  });
  const appends = new Histogram({
    name: 'temoin_append_seconds',
    help: 'Appends to the event store, until they are on disk',
    labelNames: ['outcome'] as const,
    buckets: SECONDS,
    registers,
  });
  const opens = new Counter({
    name: 'temoin_vault_opens_total',
    help: 'Sealed values that were opened, by what it answered',
    labelNames: ['result'] as const,
    registers,
  });
  const requests = new Histogram({
    name: 'temoin_http_request_seconds',
    help: 'Answered requests by declared route',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers,
  });
  const lagSeconds = gauge(registry, 'temoin_projection_lag_seconds', 'For how long a view has been behind the log', [
    'view',
  ]);
  const lagEvents = gauge(
    registry,
    'temoin_projection_lag_events',
    `Events that a view lacks, counted up to ${COUNTED}`,
    ['view'],
  );
  const parked = gauge(registry, 'temoin_poisoned_streams', 'Streams that a view leaves out', ['view']);
  const owner = gauge(
    registry,
    'temoin_background_owner',
    '1 where this process projects and does the background work',
    [],
  );
  const waiting = gauge(registry, 'temoin_erasures_waiting', 'Destructions decided and not through', []);
  const reachable = gauge(
    registry,
    'temoin_stores_reachable',
    '1 where the log and the views answered this scrape',
    [],
  );
  const mailWaiting = gauge(registry, 'temoin_mail_waiting', 'Letters for the mail server to take', []);
  const mailOldest = gauge(
    registry,
    'temoin_mail_oldest_waiting_seconds',
    'For how long the oldest letter has been waiting',
    [],
  );
  const mailToPrint = gauge(
    registry,
    'temoin_mail_to_print',
    'Letters that did not leave by mail and wait to be printed',
    ['reason'],
  );
  const feedWaiting = gauge(
    registry,
    'temoin_webhooks_waiting',
    `Events that subscribers have not been given yet, counted for each up to ${COUNTED}`,
    [],
  );
  const feedOldest = gauge(
    registry,
    'temoin_webhooks_oldest_waiting_seconds',
    'For how long the oldest of them has been waiting',
    [],
  );
  const feedPaused = gauge(registry, 'temoin_webhooks_paused', 'Subscribers that are given nothing for now', []);
  const backupAge = gauge(
    registry,
    'temoin_backup_age_seconds',
    'Age of the newest backup; NaN where none is known',
    [],
  );
  let watched: Watched | undefined;
  let feed: (() => Promise<FeedQueue>) | undefined;

  async function lookAtMail({ viewStore, clock, views }: Watched['temoin']): Promise<void> {
    if (!views.some(({ schema }) => schema.name === lettersView.schema.name)) return;
    const { waiting: letters, waitingSince, toPrint } = await mailQueue(viewStore);
    mailWaiting.set(letters);
    mailOldest.set(waitingSince === undefined ? 0 : secondsSince(waitingSince, clock.now()));
    for (const [reason, count] of Object.entries(toPrint)) mailToPrint.set({ reason }, count);
  }

  async function lookAtFeed({ clock }: Watched['temoin']): Promise<void> {
    if (feed === undefined) return;
    const { waiting: events, waitingSince, paused } = await feed();
    feedWaiting.set(events);
    feedOldest.set(waitingSince === undefined ? 0 : secondsSince(waitingSince, clock.now()));
    feedPaused.set(paused);
  }

  async function look({ temoin, owns, erasuresWaiting, lastBackup }: Watched): Promise<void> {
    owner.set(owns() ? 1 : 0);
    const left = erasuresWaiting();
    if (left !== undefined) waiting.set(left);
    const backup = await lastBackup().catch(() => undefined);
    backupAge.set(backup === undefined ? Number.NaN : secondsSince(backup, temoin.clock.now()));
    try {
      for (const { view, behindMs, parked: streams, applied, head, caughtUp } of await temoin.lag()) {
        lagSeconds.set({ view }, behindMs / 1000);
        parked.set({ view }, streams);
        lagEvents.set({ view }, caughtUp ? 0 : (await lackingOf(temoin, view, applied, head)).events);
      }
      await lookAtMail(temoin);
      await lookAtFeed(temoin);
      reachable.set(1);
    } catch {
      reachable.set(0);
    }
  }

  return {
    onAppended: (outcome, milliseconds) => appends.observe({ outcome }, milliseconds / 1000),
    onOpened(answers) {
      for (const one of answers) opens.inc({ result: one.state === 'unreadable' ? one.fault : one.state });
    },
    onAnswer: ({ method, route, status, milliseconds }) =>
      requests.observe({ method, route, status: String(status) }, milliseconds / 1000),
    counting: (temoin) => ({
      ...temoin,
      async execute(envelope) {
        const command = (envelope.command as { readonly type: string }).type;
        try {
          const outcome = await temoin.execute(envelope);
          commands.inc({ command, outcome: said(outcome) });
          if (outcome.outcome === 'refused') refusals.inc({ code: outcome.refusal.code });
          return outcome;
        } catch (error) {
          commands.inc({ command, outcome: codeOf(error) ?? 'fault' });
          throw error;
        }
      },
    }),
    watch(asked) {
      watched = asked;
      const { temoin } = asked;
      const hasSubscribers = temoin.views.some(({ schema }) => schema.name === subscribersView.schema.name);
      feed = hasSubscribers ? feedQueue(temoin, COUNTED) : undefined;
    },
    async scrape() {
      if (watched) await look(watched);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

const gauge = <L extends string>(registry: Registry, name: string, help: string, labelNames: readonly L[]): Gauge<L> =>
  new Gauge<L>({ name, help, labelNames, registers: [registry] });

const said = (outcome: CommandOutcome): string =>
  outcome.outcome === 'accepted' && outcome.repeated ? 'repeated' : outcome.outcome;
