import type { StoredEvent } from '#ports/event-store/event-store.js';

const MOST_EVENTS = 1024;
const MOST_BYTES = 1_000_000;
const MOST_STREAMS = 20_000;

export interface Stretch {
  readonly events: readonly StoredEvent[];
  /** Nothing is between the last event and here. */
  readonly scanned: number;
}

/**
 * The newest part of the log in memory, without a gap up to its end: followers share its events, and it knows without
 * asking the file where the streams are that were read or written lately. Bounded in events and in bytes.
 */
export interface NewestEvents {
  /** Position up to which everything was seen. */
  readonly end: number;
  /** Takes in what comes right behind the end, and nothing else. */
  push(event: StoredEvent): void;
  /** Goes on from another place: what was seen before is forgotten. */
  restart(end: number): void;
  /** What comes after a position; undefined when that goes further back than what is kept. */
  after(position: number, most: number): Stretch | undefined;
  /** No revision of the stream beyond this one is in the log up to the end; −1: none at all. Undefined when it is not known. */
  lastRevision(stream: string): number | undefined;
  /**
   * Notes the last revision of a stream (−1: there is none) that was read in full by a call made when the end was at `asOf`.
   * What was appended since is looked through; where it is kept no more, nothing is noted.
   */
  note(stream: string, revision: number, asOf: number): void;
}

export function newestEvents(present: number): NewestEvents {
  let end = present;
  /** Position right before the first event kept. */
  let start = present;
  let kept: StoredEvent[] = [];
  let bytes = 0;
  const revisions = new Map<string, number>();

  const remember = (stream: string, revision: number) => {
    revisions.delete(stream);
    revisions.set(stream, revision);
    if (revisions.size <= MOST_STREAMS) return;
    for (const oldest of revisions.keys()) {
      revisions.delete(oldest);
      return;
    }
  };
  /** Half of it at once, so that it is not moved at every event. */
  const shorten = () => {
    let dropped = 0;
    for (const event of kept) {
      if (kept.length - dropped <= MOST_EVENTS / 2 && bytes <= MOST_BYTES / 2) break;
      bytes -= sizeOf(event);
      dropped += 1;
    }
    kept = kept.slice(dropped);
    start += dropped;
  };

  return {
    get end() {
      return end;
    },
    push(event) {
      if (Number(event.position) !== end + 1) return;
      end += 1;
      kept.push(event);
      bytes += sizeOf(event);
      remember(event.stream, event.revision);
      if (kept.length > MOST_EVENTS || bytes > MOST_BYTES) shorten();
    },
    restart(at) {
      end = at;
      start = at;
      kept = [];
      bytes = 0;
      revisions.clear();
    },
    after(position, most) {
      if (position < start) return undefined;
      const events = kept.slice(position - start, position - start + most);
      return { events, scanned: position + events.length };
    },
    lastRevision: (stream) => revisions.get(stream),
    note(stream, revision, asOf) {
      if (asOf < start) return;
      let last = revision;
      for (let at = asOf - start; at < kept.length; at += 1) {
        const event = kept[at];
        if (event?.stream === stream && event.revision > last) last = event.revision;
      }
      remember(stream, last);
    },
  };
}

const sizeOf = ({ data, metadata }: StoredEvent): number => data.byteLength + metadata.byteLength + 400;
