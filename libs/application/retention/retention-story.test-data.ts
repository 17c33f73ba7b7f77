import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { type Binding, bind } from '#application/bind.js';
import { eventCodec } from '#application/codec.js';
import { openErasure } from '#application/erasure/erasure.js';
import { charterBinding } from '#application/facts/charter.js';
import { custodyBinding } from '#application/facts/custody.js';
import { requestBinding } from '#application/facts/request.js';
import { retentionBinding } from '#application/facts/retention.js';
import { sessionBinding } from '#application/facts/session.js';
import { noSessions } from '#application/facts/sessions-on.js';
import { sealEvents } from '#application/seal-events.js';
import { CharterPublished } from '#domain/charter/events.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { SupportRequested } from '#domain/request/events.js';
import { ConsentGiven } from '#domain/session/events-consent.js';
import { SessionClosed, SessionEnded, SessionStarted } from '#domain/session/events-course.js';
import type { EventDefinition } from '#kernel/define-event.js';
import type { Opened, Sealed } from '#kernel/sealed.js';
import { fromEpochMilliseconds, type Instant, toInstant } from '#kernel/time.js';
import { exampleData } from '#testing/example-event.js';
import { memoryCertificates, memoryLedger, testSigning } from '#testing/memory-erasing.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { chartersView } from '#views/charters.js';
import { retentionView } from '#views/retention.js';
import type { ViewDefinition } from '#views/view.js';
import type { RetentionOptions } from './run-retention.js';

export const time = frenchCivilTime();
const bindings = [
  bind(charterBinding(time)),
  bind(requestBinding(time, noSessions)),
  bind(sessionBinding(time, noSessions)),
  bind(custodyBinding(time)),
  bind(retentionBinding(time)),
];

export const instantOf = (text: string): Instant => toInstant(text) ?? fromEpochMilliseconds(Date.parse(text));

/** An association with two charter versions: `v1` keeps a journal for a year, `v6` for six months. */
export async function openStory(now: string, more: readonly Binding[] = [], views: readonly ViewDefinition[] = []) {
  let moment = instantOf(now);
  const codec = eventCodec([...bindings, ...more].flatMap(({ events }) => events));
  const clock = { now: () => moment };
  const temoin = await openMemoryTemoin({
    bindings: [...bindings, ...more],
    views: [retentionView, chartersView, ...views],
    clock,
  });
  const erasure = openErasure({
    temoin,
    ledger: memoryLedger(),
    siblings: [],
    certificates: memoryCertificates(),
    sign: testSigning.sign,
    installation: { id: 'story', simulated: true },
    lastBackupLeavesOn: async () => undefined,
  });
  const revisions = new Map<string, number>();

  /** Appends a fact as it would have been stored at that moment. */
  async function store(stream: string, recordedAt: string, definition: EventDefinition, data: object): Promise<void> {
    const revision = revisions.get(stream) ?? -1;
    revisions.set(stream, revision + 1);
    const envelope = {
      commandId: temoin.ids.freshCommandId(),
      actor: 'system',
      actorRoles: [],
      stream,
      command: { type: 'Story' },
    };
    const decided = [
      { type: definition.type, version: definition.version, data: { ...exampleData(definition), ...data } },
    ];
    const sealed = await sealEvents(temoin.vault, codec, envelope, decided, instantOf(recordedAt), revision + 1);
    if (sealed.outcome !== 'sealed') throw new Error('erased');
    await temoin.eventStore.append(stream, revision < 0 ? 'no-stream' : revision, sealed.newEvents);
  }
  for (const [charterVersionId, journalRetentionMonths] of [
    ['v1', 12],
    ['v6', 6],
  ] as const) {
    await store('charter-association', '2020-01-01T00:00:00.000Z', CharterPublished, {
      charterVersionId,
      effectiveFrom: charterVersionId === 'v1' ? '2020-01-01' : '2020-02-01',
      parameters: { ...fallbackParameters, journalRetentionMonths },
    });
  }

  return {
    temoin,
    store,
    moveTo: (to: string) => {
      moment = instantOf(to);
    },
    options: (change: Partial<RetentionOptions> = {}): RetentionOptions => ({
      temoin,
      time,
      carryOut: (memberId, destructionId) => erasure.destroy({ memberId, destructionId }),
      ...change,
    }),
    /** A session consented, started and closed; its request too, the first time. */
    async session(memberId: string, sessionId: string, endedAt: string, charterVersionId = 'v1') {
      const requestId = sessionId.slice(0, sessionId.lastIndexOf('.'));
      const startedAt = fromEpochMilliseconds(Date.parse(endedAt) - 1_800_000);
      const ids = { memberId, sessionId, charterVersionId };
      if (!revisions.has(`request-${requestId}`))
        await store(`request-${requestId}`, startedAt, SupportRequested, { memberId, requestId, charterVersionId });
      const stream = `session-${sessionId}`;
      await store(stream, startedAt, ConsentGiven, { ...ids, requestId, givenAt: startedAt });
      await store(stream, startedAt, SessionStarted, { ...ids, requestId, startedAt });
      await store(stream, endedAt, SessionEnded, { memberId, sessionId, at: instantOf(endedAt) });
      const end = { memberId, sessionId, startedAt, endedAt: instantOf(endedAt), closedAt: instantOf(endedAt) };
      await store(stream, endedAt, SessionClosed, end);
    },
    /** How the first personal value of a stream answers. */
    async opens(stream: string): Promise<Opened<unknown>['state'] | undefined> {
      for await (const stored of temoin.eventStore.readStream(stream)) {
        const values = Object.values(temoin.decode(stored).data).filter(
          (one) => typeof one === 'object' && one !== null && '$sealed' in one,
        );
        const [opened] = await temoin.opener.open(values.slice(0, 1) as Sealed<unknown>[]);
        if (opened) return opened.state;
      }
      return undefined;
    },
    hold: (memberId: string, cell: string) =>
      temoin.execute({
        commandId: temoin.ids.freshCommandId(),
        actor: 'system',
        actorRoles: [],
        stream: `custody-${memberId}`,
        command: { type: 'PlaceLegalHold', memberId, holdId: `h-${memberId}`, cells: [cell], ground: 'complaint' } as {
          type: string;
        },
      }),
    async runs() {
      const found: Record<string, unknown>[] = [];
      for await (const stored of temoin.eventStore.readStream('retention-association'))
        found.push({ ...temoin.decode(stored).data });
      return found;
    },
  };
}
