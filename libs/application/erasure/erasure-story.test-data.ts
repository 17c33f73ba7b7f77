import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { bind } from '#application/bind.js';
import { eventCodec } from '#application/codec.js';
import { custodyBinding } from '#application/facts/custody.js';
import { memberBinding } from '#application/facts/member.js';
import { requestBinding } from '#application/facts/request.js';
import { rightsBinding } from '#application/facts/rights.js';
import { sessionBinding } from '#application/facts/session.js';
import { noSessions } from '#application/facts/sessions-on.js';
import { sealEvents } from '#application/seal-events.js';
import type { TemoinOptions } from '#application/temoin.js';
import { MemberRegistered } from '#domain/member/events.js';
import { SupportRequested } from '#domain/request/events.js';
import { RequestTextReported, RequestTextStrikeOutDecided } from '#domain/request/events-strike-out.js';
import { RightsDecisionMade, RightsRequestClosed, RightsRequestReceived } from '#domain/rights/events.js';
import { SessionClosed, SessionStarted } from '#domain/session/events-course.js';
import { DiagnosisRecorded } from '#domain/session/events-journal.js';
import { StrikeOutDecided, StrikeOutRequested } from '#domain/session/events-strike-out.js';
import type { EventDefinition } from '#kernel/define-event.js';
import type { Opened } from '#kernel/sealed.js';
import type { SiblingStore } from '#ports/sibling-store/sibling-store.js';
import { exampleData } from '#testing/example-event.js';
import { memoryCertificates, memoryLedger, testSigning } from '#testing/memory-erasing.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { destructionsView } from '#views/destructions.js';
import { journalView } from '#views/journal.js';
import { membersView } from '#views/members.js';
import { requestsView } from '#views/requests.js';
import type { ErasureParts } from './erasure-parts.js';
import { sealedWithin } from './sealed-within.js';

const time = frenchCivilTime();
const bindings = [
  bind(memberBinding(time)),
  bind(requestBinding(time, noSessions)),
  bind(sessionBinding(time, noSessions)),
  bind(custodyBinding(time)),
  bind(rightsBinding(time)),
];
const codec = eventCodec(bindings.flatMap(({ events }) => events));
/** What every process on the story's stores needs to be given. */
export const stored = { bindings, views: [membersView, requestsView, journalView, destructionsView] };

/** A place that holds so many things, and gives them up only when it may. */
export function place(name: string, things: number, stubborn = false): SiblingStore & { release(): void } {
  let left = things;
  let holding = stubborn;
  return {
    name,
    release: () => {
      holding = false;
    },
    async forget() {
      if (!holding) left = 0;
      return things - left;
    },
    count: async () => left,
  };
}

/** What an erasure of everything names. */
export const all = (memberId: string) => [
  `${memberId}/identity`,
  `${memberId}/request:r-${memberId}`,
  `${memberId}/session:s-${memberId}`,
];

/** Members `m1` and `m2`, each with a session of which something was written down. */
export async function openErasureStory(given: Partial<TemoinOptions> = {}) {
  const temoin = await openMemoryTemoin({ ...stored, ...given });
  const certificates = memoryCertificates();
  const ledger = memoryLedger();
  const revisions = new Map<string, number>();

  async function store(stream: string, definition: EventDefinition, data: object): Promise<string> {
    const revision = revisions.get(stream) ?? -1;
    revisions.set(stream, revision + 1);
    const commandId = temoin.ids.freshCommandId();
    const envelope = { commandId, actor: 'system', actorRoles: [], stream, command: { type: 'Story' } };
    const { type, version } = definition;
    const known = Object.fromEntries(Object.entries(data).filter(([name]) => name in definition.data));
    const decided = [{ type, version, data: { ...exampleData(definition), ...known } }];
    const sealed = await sealEvents(temoin.vault, codec, envelope, decided, temoin.clock.now(), revision + 1);
    if (sealed.outcome !== 'sealed') throw new Error('erased');
    await temoin.eventStore.append(stream, revision < 0 ? 'no-stream' : revision, sealed.newEvents);
    return sealed.newEvents[0]?.eventId ?? '';
  }

  const texts = new Map<string, string>();
  const told = new Map<string, string>();
  async function member(memberId: string): Promise<void> {
    const ids = { memberId, sessionId: `s-${memberId}`, requestId: `r-${memberId}` };
    await store(`member-${memberId}`, MemberRegistered, { memberId });
    told.set(memberId, await store(`request-${ids.requestId}`, SupportRequested, ids));
    await store(`session-${ids.sessionId}`, SessionStarted, ids);
    texts.set(memberId, await store(`session-${ids.sessionId}`, DiagnosisRecorded, ids));
    await store(`session-${ids.sessionId}`, SessionClosed, ids);
  }
  await member('m1');
  await member('m2');

  return {
    temoin,
    ledger,
    certificates,
    member,
    /** The text that a diagnosis of the member's session holds. */
    textOf: (memberId: string) => texts.get(memberId) ?? '',
    running: (memberId: string) =>
      store(`session-live-${memberId}`, SessionStarted, { memberId, sessionId: `live-${memberId}` }),
    ended: (memberId: string) =>
      store(`session-live-${memberId}`, SessionClosed, { memberId, sessionId: `live-${memberId}` }),
    parts: (change: Partial<ErasureParts> = {}): ErasureParts => ({
      temoin,
      ledger,
      siblings: [],
      certificates,
      sign: testSigning.sign,
      installation: { id: 'i1', simulated: false },
      lastBackupLeavesOn: async () => undefined,
      leaseMs: 0,
      ...change,
    }),
    async decide(memberId: string, erase: readonly string[], keep: readonly object[] = []): Promise<void> {
      const rightsId = `case-${memberId}`;
      await store(`rights-${rightsId}`, RightsRequestReceived, { rightsId, memberId, kind: 'erasure' });
      await store(`rights-${rightsId}`, RightsDecisionMade, { rightsId, memberId, erase, keep, decision: 'granted' });
    },
    async closeCase(memberId: string): Promise<void> {
      const rightsId = `case-${memberId}`;
      await store(`rights-${rightsId}`, RightsRequestClosed, { rightsId, memberId });
    },
    async strikeOut(memberId: string): Promise<void> {
      const what = { memberId, sessionId: `s-${memberId}`, strikeOutId: `x-${memberId}` };
      const target = { ...what, targetEventId: texts.get(memberId), field: 'text' };
      await store(`session-s-${memberId}`, StrikeOutRequested, target);
      await store(`session-s-${memberId}`, StrikeOutDecided, { ...target, decision: 'granted' });
    },
    /** The same in the member's request. @returns the event that held the text */
    async strikeOutOfRequest(memberId: string): Promise<string> {
      const targetEventId = told.get(memberId) ?? '';
      const what = { memberId, requestId: `r-${memberId}`, strikeOutId: `y-${memberId}` };
      const target = { ...what, targetEventId, field: 'problem' };
      await store(`request-r-${memberId}`, RequestTextReported, target);
      await store(`request-r-${memberId}`, RequestTextStrikeOutDecided, { ...target, decision: 'granted' });
      return targetEventId;
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
    /** What all values of a stream answer, as a set. */
    async opens(stream: string, opener = temoin.opener): Promise<readonly Opened<unknown>['state'][]> {
      const states = new Set<Opened<unknown>['state']>();
      for await (const stored of temoin.eventStore.readStream(stream))
        for (const one of await opener.open(sealedWithin(temoin.decode(stored).data))) states.add(one.state);
      return [...states].sort();
    },
    async custody(
      memberId: string,
    ): Promise<readonly { readonly type: string; readonly data: Record<string, unknown> }[]> {
      const found: { type: string; data: Record<string, unknown> }[] = [];
      for await (const stored of temoin.eventStore.readStream(`custody-${memberId}`))
        found.push({ type: stored.type, data: { ...temoin.decode(stored).data } });
      return found;
    },
  };
}
