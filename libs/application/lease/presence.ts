import type { AnySealedEvent } from '#kernel/define-event.js';
import type { CellId } from '#kernel/sealed.js';
import type { EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { codeOf } from '../fault.js';
import { sleep } from '../sleep.js';

/** Says that this process is there, and up to where it has forgotten what other processes destroyed. */
export interface Presence {
  stop(): Promise<void>;
}

export interface PresenceOptions {
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly decode: (stored: StoredEvent) => AnySealedEvent;
  /** Drops keys and tells whoever keeps opened values. */
  readonly notice: (cells: readonly CellId[]) => Promise<void>;
  /** Of this process: `process/<id>`. */
  readonly name: string;
  readonly forMs: number;
  readonly onFault: (code: string) => void;
}

const PREFIX = 'process/';
const CUSTODY = ['custody-'];
const ASKED = 4;
const LOOK_MS = 50;

/**
 * Follows destructions and forgets with them. What it has forgotten stands beside its lease, for whoever destroys: see
 * {@link othersForgot}. A process that dies or stands still is no longer asked once its lease has run out; by then no key
 * that it held is used any more, because keys are kept for less long than that.
 */
export async function keepPresence(options: PresenceOptions): Promise<Presence> {
  const { eventStore, viewStore, decode, notice, name, forMs, onFault } = options;
  const stopping = new AbortController();
  let seen = (await eventStore.head()) ?? '';
  let token = 0;

  const say = async (): Promise<void> => {
    const lease = await viewStore.takeLease(name, { owner: name, forMs, note: seen });
    token = lease?.token ?? token;
  };
  const trySaying = () => say().catch((error: unknown) => onFault(codeOf(error) ?? 'fault'));
  await say();
  const timer = setInterval(() => void trySaying(), forMs / ASKED);

  async function follow(): Promise<void> {
    const after = seen === '' ? {} : { after: seen as Position };
    for await (const delivery of eventStore.subscribe({ streamPrefixes: CUSTODY, signal: stopping.signal, ...after })) {
      if (delivery.kind === 'event') {
        const event = decode(delivery.event);
        if (event.type === 'CellsDestroyed') await notice(cellsOf(event));
        seen = delivery.event.position;
        await trySaying();
      } else if (delivery.position > seen) seen = delivery.position;
    }
  }
  const following = (async () => {
    while (!stopping.signal.aborted) {
      await follow().catch((error: unknown) => onFault(codeOf(error) ?? 'fault'));
      if (!stopping.signal.aborted) await sleep(forMs / ASKED, stopping.signal);
    }
  })();

  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await following;
      await viewStore.releaseLease({ lease: name, token }).catch(() => undefined);
    },
  };
}

/** For a process that knows that no other is left: nobody waits for those that died. */
export async function forgetTheDead(viewStore: Pick<ViewStore, 'leases' | 'releaseLease'>): Promise<void> {
  for (const { name, token } of await viewStore.leases(PREFIX)) await viewStore.releaseLease({ lease: name, token });
}

const cellsOf = ({ data }: AnySealedEvent): readonly CellId[] =>
  ((data as { readonly cells?: readonly { readonly cell: string }[] }).cells ?? []).map(({ cell }) => cell as CellId);

/**
 * Waits until every other process has forgotten what was destroyed before this call, or its lease has run out.
 * @param self the caller's own name; undefined where it has none
 * @returns false when one that is there still has not after `patienceMs`
 */
export async function othersForgot(
  { eventStore, viewStore }: Pick<PresenceOptions, 'eventStore' | 'viewStore'>,
  self: string | undefined,
  patienceMs: number,
): Promise<boolean> {
  const head = await eventStore.head();
  if (head === undefined) return true;
  for (const until = performance.now() + patienceMs; ; ) {
    const others = (await viewStore.leases(PREFIX)).filter(({ name, note }) => name !== self && note < head);
    const behind: boolean[] = [];
    for (const { note } of others) behind.push(await isBehind(eventStore, note, head));
    if (!behind.includes(true)) return true;
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function isBehind(eventStore: EventStore, note: string, head: Position): Promise<boolean> {
  const after = note === '' ? {} : { after: note as Position };
  for await (const { position } of eventStore.readAll({ streamPrefixes: CUSTODY, limit: 1, ...after }))
    return position <= head;
  return false;
}
