import { type UndeliveredReason, undeliveredReasons } from '#domain/letter/codes.js';
import type { LetterStanding } from '#domain/letter/state.js';
import type { Instant } from '#kernel/time.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { type LetterDocument, lettersView } from './letters.js';

/** What has not left the house: figures only, no letter. */
export interface MailQueue {
  /** For the mail server to take: now, at the next attempt, or being given to it. */
  readonly waiting: number;
  /** Since when the oldest of these might have left; undefined where none waits. */
  readonly waitingSince: Instant | undefined;
  /** Did not leave by mail, and wait until a person prints them; the oldest {@link COUNTED} are counted. */
  readonly toPrint: Readonly<Record<UndeliveredReason, number>>;
}

/** Looked at one by one: their reason is in no index. */
export const COUNTED = 1000;
const { schema } = lettersView;

export async function mailQueue(viewStore: Pick<ViewStore, 'count' | 'find'>): Promise<MailQueue> {
  const is = (standing: LetterStanding) => [{ field: 'standing', op: 'eq', value: standing } as const];
  const count = (standing: LetterStanding) => viewStore.count(schema, { collection: 'letters', where: is(standing) });
  const oldest = async (standing: LetterStanding, field: 'nextAt' | 'preparedAt') => {
    const orderBy = { field, direction: 'asc' } as const;
    const page = await viewStore.find(schema, { collection: 'letters', where: is(standing), orderBy, limit: 1 });
    return (page.documents[0]?.document as LetterDocument | undefined)?.[field];
  };
  const counts = [await count('waiting'), await count('delayed'), await count('sending')];
  const waiting = counts.reduce((sum, one) => sum + one, 0);
  // one that is sent again waits since it was asked for; one that was delayed has its next attempt there
  const since =
    waiting === 0
      ? []
      : [
          await oldest('waiting', 'nextAt'),
          await oldest('delayed', 'preparedAt'),
          await oldest('sending', 'preparedAt'),
        ];
  const [waitingSince] = since.filter((one) => one !== undefined).sort();
  const toPrint = Object.fromEntries(undeliveredReasons.map((reason) => [reason, 0])) as Record<
    UndeliveredReason,
    number
  >;
  const { documents } = await viewStore.find(schema, {
    collection: 'letters',
    where: is('to-print'),
    orderBy: { field: 'preparedAt', direction: 'asc' },
    limit: COUNTED,
  });
  for (const { document } of documents) {
    const { undelivered } = document as unknown as LetterDocument;
    if (undelivered !== undefined) toPrint[undelivered.reason] = (toPrint[undelivered.reason] ?? 0) + 1;
  }
  return { waiting, waitingSince, toPrint };
}
