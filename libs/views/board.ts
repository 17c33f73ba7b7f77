import type { SealedSessionEvent } from '#domain/session/events.js';
import type { Sealed } from '#kernel/sealed.js';
import { type Instant, toEpochMilliseconds } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import type { Segment } from './journal-document.js';
import { asOf, findAll, openWithin, type Unsealed, type ViewDeps } from './query.js';
import type { AsOf, ViewDefinition } from './view.js';

export interface BoardDocument {
  readonly sessionId: string;
  readonly memberId: string;
  readonly technicianId: string;
  /** `ended`: over, waiting to be closed. */
  readonly status: 'running' | 'paused' | 'ended';
  readonly startedAt: Instant;
  readonly slotEnd?: Instant;
  readonly charterVersionId: string;
  /** The charter's length by the version consented to. */
  readonly allowedMinutes: number;
  readonly problem: Sealed<string>;
  readonly segments: readonly Segment[];
  readonly extensionMinutes: number;
  readonly pauseCause?: string;
  /** The member says that the consent is not exact: stop, and have it cleared up (A2). */
  readonly consentContestedAt?: Instant;
  readonly interruption?: { readonly reason: string; readonly at: Instant };
}

const stopAt = (segments: readonly Segment[], at: Instant): readonly Segment[] =>
  segments.map((one) => (one.to === undefined ? { ...one, to: at } : one));

function fold(before: BoardDocument | undefined, event: SealedSessionEvent): BoardDocument | null | undefined {
  if (event.type === 'SessionStarted') {
    const { sessionId, memberId, technicianId, startedAt, slotEnd, charterVersionId, allowedMinutes, problem } =
      event.data;
    const segments = [{ from: startedAt }];
    const known = { sessionId, memberId, technicianId, startedAt, slotEnd, charterVersionId, allowedMinutes, problem };
    return { ...known, status: 'running', segments, extensionMinutes: 0 };
  }
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'SessionPaused':
      return {
        ...before,
        status: 'paused',
        pauseCause: event.data.cause,
        segments: stopAt(before.segments, event.data.at),
      };
    case 'SessionResumed': {
      const { pauseCause: _, ...rest } = before;
      return { ...rest, status: 'running', segments: [...before.segments, { from: event.data.at }] };
    }
    case 'ConsentContested':
      return { ...before, consentContestedAt: event.data.at };
    case 'ContestSettled': {
      const { consentContestedAt: _, ...rest } = before;
      return rest;
    }
    case 'ExtensionAgreed':
      return { ...before, extensionMinutes: before.extensionMinutes + event.data.minutes };
    case 'SessionInterrupted': {
      const { at, reason } = event.data;
      return { ...before, status: 'ended', segments: stopAt(before.segments, at), interruption: { reason, at } };
    }
    case 'SessionEnded':
      return { ...before, status: 'ended', segments: stopAt(before.segments, event.data.at) };
    case 'SessionClosed':
      return null;
    default:
      return before;
  }
}

/** Sessions under way: what the live board shows. Closed ones leave it. */
export const boardView: ViewDefinition = {
  schema: {
    name: 'board',
    version: 2,
    collections: [
      collection('sessions', { startedAt: 'text', status: 'text' }, [['startedAt'], ['status', 'startedAt']]),
    ],
  },
  streamPrefixes: ['session-'],
  changes: changesOf<BoardDocument, SealedSessionEvent>('sessions', (event) => textOf(event.data, 'sessionId'), fold),
};

/** The clock of one session at the moment of the question. */
export interface SessionTimer {
  /** Connected time so far, pauses and cuts left out (A3). */
  readonly activeSeconds: number;
  /** The charter's length plus what was agreed before its end. */
  readonly allowedMinutes: number;
  readonly remainingSeconds: number;
  /** `approaching` 15 minutes before the end (45 of 60), `last-minutes` 5 before (55 of 60), `over` at the end. */
  readonly warning: 'none' | 'approaching' | 'last-minutes' | 'over';
}

export type BoardEntry = Unsealed<BoardDocument> & { readonly timer: SessionTimer };

export function timerOf(segments: readonly Segment[], allowedMinutes: number, now: Instant): SessionTimer {
  const milliseconds = segments.reduce((sum, { from, to }) => {
    const length = toEpochMilliseconds(to ?? now) - toEpochMilliseconds(from);
    return sum + Math.max(length, 0);
  }, 0);
  const activeSeconds = Math.floor(milliseconds / 1000);
  const remainingSeconds = allowedMinutes * 60 - activeSeconds;
  const minutes = remainingSeconds / 60;
  const warning = minutes <= 0 ? 'over' : minutes <= 5 ? 'last-minutes' : minutes <= 15 ? 'approaching' : 'none';
  return { activeSeconds, allowedMinutes, remainingSeconds, warning };
}

/** Every session under way, longest running first. */
export async function board(deps: ViewDeps): Promise<{ readonly items: readonly BoardEntry[]; readonly asOf: AsOf }> {
  const upTo = await asOf(deps.viewStore, boardView.schema);
  const documents = await findAll<BoardDocument>(deps.viewStore, boardView.schema, {
    collection: 'sessions',
    orderBy: { field: 'startedAt', direction: 'asc' },
  });
  const opened = await openWithin(deps.opener, documents);
  const items = opened.map((one) => {
    return { ...one, timer: timerOf(one.segments, one.allowedMinutes + one.extensionMinutes, deps.now) };
  });
  return { items, asOf: upTo };
}
