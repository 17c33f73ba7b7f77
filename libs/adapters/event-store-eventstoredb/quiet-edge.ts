import type { Position } from '#ports/event-store/event-store.js';

/**
 * The end of the log as far as this process knows it: told by its own appends at once, and asked of the server now and then
 * while somebody follows. The server says how far a filtered subscription has scanned only every few hundred events; a
 * reader that waits for its own write to be behind it must not wait for that.
 */
export interface QuietEdge {
  appended(position: Position): void;
  /** Calls back whenever the end moves. @returns the way to stop it */
  watch(moved: () => void): () => void;
  readonly end: () => Position | undefined;
}

export function quietEdge(head: () => Promise<Position | undefined>, every: number): QuietEdge {
  const watchers = new Set<() => void>();
  let end: Position | undefined;
  let clock: NodeJS.Timeout | undefined;
  let asking = false;

  function move(position: Position | undefined): void {
    if (position === undefined || (end !== undefined && position <= end)) return;
    end = position;
    for (const moved of [...watchers]) moved();
  }

  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    // A server that does not answer is the subscription's own concern.
    move(await head().catch(() => undefined));
    asking = false;
  }

  return {
    appended: move,
    end: () => end,
    watch(moved) {
      watchers.add(moved);
      clock ??= setInterval(() => void ask(), every);
      return () => {
        watchers.delete(moved);
        if (watchers.size > 0 || !clock) return;
        clearInterval(clock);
        clock = undefined;
      };
    },
  };
}
