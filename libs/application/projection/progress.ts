import type { EventStore, Position } from '#ports/event-store/event-store.js';
import type { ViewDefinition } from '#views/view.js';

/** How far one view is: what was applied, and how far it is known that there was nothing to apply. */
export interface Progress {
  readonly position: Position | undefined;
  /** True up to here from now on. Never moves back, except by `reset`. */
  reach(position: Position): void;
  reset(position: Position | undefined): void;
  /** Resolves when `position` is reached or the time is up, whichever is first. */
  wait(position: string, timeoutMs: number): Promise<void>;
}

export function progress(): Progress {
  let reached: Position | undefined;
  const waiting = new Set<{ readonly position: string; readonly wake: () => void }>();
  return {
    get position() {
      return reached;
    },
    reach(position) {
      if (reached !== undefined && position <= reached) return;
      reached = position;
      for (const one of waiting) if (one.position <= position) one.wake();
    },
    reset(position) {
      reached = position;
      for (const one of waiting) if (position !== undefined && one.position <= position) one.wake();
    },
    wait(position, timeoutMs) {
      if (reached !== undefined && reached >= position) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(one);
          resolve();
        };
        const one = { position, wake };
        const timer = setTimeout(wake, timeoutMs);
        waiting.add(one);
      });
    },
  };
}

/**
 * True when nothing that the view reads lies after `after` up to `position`: a view of quiet streams is then true up to
 * there although it applied nothing. False too for a position that the log has not reached.
 */
export async function nothingBetween(
  eventStore: EventStore,
  { streamPrefixes }: ViewDefinition,
  after: Position | undefined,
  position: string,
): Promise<boolean> {
  const head = await eventStore.head();
  if (head === undefined || head < position) return false;
  const options = { streamPrefixes, limit: 1, ...(after === undefined ? {} : { after }) };
  for await (const next of eventStore.readAll(options)) return next.position > position;
  return true;
}
