import type { Role } from '#domain/shared/facts.js';
import { destroyedAmong } from './destroyed-among.js';
import { type CaseSubject, caseKeyOf, type ProcessCaseDocument, type ReminderDocument } from './process-case.js';
import { processesView } from './processes.js';
import { findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import { isAboutSession } from './session-processes.js';

export type ReminderLine = ReminderDocument & {
  readonly about: CaseSubject;
  /** What it is about has been done since, or is destroyed: nobody is to see to it any more. */
  readonly settled: boolean;
};

/** Reminders for a role, latest first. */
export async function listReminders(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  { role, ...page }: PageParams & { readonly role: Role },
): Promise<ListAnswer<ReminderLine>> {
  const found = await findPage<ReminderDocument>(
    viewStore,
    processesView.schema,
    {
      collection: 'reminders',
      where: [{ field: 'to', op: 'has', value: role }],
      orderBy: { field: 'at', direction: 'desc' },
    },
    page,
  );
  const keys = found.documents.map(({ process, caseId }) => caseKeyOf(process, caseId));
  const cases = await viewStore.load(processesView.schema, 'cases', [...new Set(keys)]);
  const known = keys.map((key) => cases.get(key)?.document as unknown as ProcessCaseDocument | undefined);
  const isDestroyed = await destroyedAmong(
    viewStore,
    known.flatMap((one) => (one !== undefined && isAboutSession(one.process) ? [one.about] : [])),
  );
  const items = found.documents.map((one, index) => {
    const about = known[index]?.about ?? {};
    const over = isAboutSession(one.process) && isDestroyed(about);
    return { ...one, about, settled: over || (known[index] !== undefined && isSettled(known[index], one)) };
  });
  return listAnswer(items, found.asOf, found.next);
}

/** What it is about has happened, or came round again under a later date: a review, a new signature. */
const isSettled = (known: ProcessCaseDocument, { step }: ReminderDocument): boolean =>
  known.settled || known.pending.some((next) => next.step !== step && nameOf(next.step) === nameOf(step));

const nameOf = (step: string): string => step.split('.')[0] ?? step;
