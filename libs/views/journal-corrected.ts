import type { Opened } from '#kernel/sealed.js';
import type { JournalDocument } from './journal-document.js';
import type { Unsealed } from './query.js';

type Entry = Unsealed<JournalDocument>;

/**
 * The entry as it is now: a text that was corrected shows its correction in its place (GDPR 16), the last one where there
 * are several. What was first noted stays beside it, in `corrections`, until it is erased.
 */
export function withCorrections(entry: Entry): Entry {
  return entry.corrections.reduce((soFar, { targetEventId, field, corrected }) => {
    const parts = Object.entries(soFar).map(([name, part]) => [
      name,
      name === 'corrections' ? part : replaced(part, targetEventId, field, corrected),
    ]);
    return Object.fromEntries(parts) as Entry;
  }, entry);
}

/** The part itself where it is of another event, or where the field is no text of somebody. */
function replaced(part: unknown, eventId: string, field: string, value: Opened<string>): unknown {
  if (Array.isArray(part)) return part.map((one) => replaced(one, eventId, field, value));
  if (typeof part !== 'object' || part === null) return part;
  const one = part as Readonly<Record<string, unknown>>;
  const first = one[field];
  if (one.eventId !== eventId || !isOpened(first)) return part;
  const isList = first.state === 'present' && Array.isArray(first.value);
  return { ...one, [field]: isList && value.state === 'present' ? { ...value, value: [value.value] } : value };
}

const isOpened = (value: unknown): value is Opened<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  ['present', 'erased', 'unreadable'].includes(String((value as { state?: unknown }).state));
