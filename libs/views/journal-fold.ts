import type { SealedSessionEvent } from '#domain/session/events.js';
import type { EventMeta } from '#kernel/define-event.js';
import { withText } from './change.js';
import type { JournalDocument, JournalState } from './journal-document.js';
import { foldCourse } from './journal-fold-course.js';

type Of<T extends SealedSessionEvent['type']> = Extract<SealedSessionEvent, { readonly type: T }>;

export const noted = ({ eventId, recordedAt }: EventMeta) => ({ eventId, recordedAt });

const fresh = ({ data, meta }: SealedSessionEvent): JournalDocument => ({
  sessionId: data.sessionId,
  memberId: data.memberId,
  revision: meta.revision,
  status: 'prepared',
  recordedAfterwards: false,
  segments: [],
  exceptional: false,
  categories: [],
  backupAdvice: [],
  actions: [],
  diagnoses: [],
  memberQuestions: [],
  explanations: [],
  extensions: [],
  presence: [],
  credentials: [],
  deviations: [],
  deviationDetails: [],
  corrections: [],
  strikeOuts: [],
});

/** The journal entry of a session after one more event. Any order in which the session's stream can be is understood. */
export function foldJournal(before: JournalDocument | undefined, event: SealedSessionEvent): JournalDocument {
  const entry = { ...(before ?? fresh(event)), revision: event.meta.revision };
  switch (event.type) {
    case 'StateBeforeRecorded':
      return { ...entry, stateBefore: { ...stateOf(event), late: event.data.late } };
    case 'StateAfterRecorded':
      return { ...entry, stateAfter: stateOf(event) };
    case 'BackupAdviceGiven': {
      const { backupStatus, adviceShown } = event.data;
      return { ...entry, backupAdvice: [...entry.backupAdvice, { ...noted(event.meta), backupStatus, adviceShown }] };
    }
    case 'ActionPerformed':
    case 'OutOfScopeActionPerformed':
      return action(entry, event);
    case 'NoActionStated':
      return { ...entry, noAction: { ...noted(event.meta), reason: event.data.reason } };
    case 'DiagnosisRecorded':
      return { ...entry, diagnoses: [...entry.diagnoses, note(event)] };
    case 'MemberQuestionLogged':
      return { ...entry, memberQuestions: [...entry.memberQuestions, note(event)] };
    case 'ExplanationGiven':
      return { ...entry, explanations: [...entry.explanations, note(event)] };
    case 'RecommendationsRecorded': {
      const { none, recommendations } = event.data;
      const text = recommendations === undefined ? {} : { recommendations };
      return { ...entry, recommendations: { ...noted(event.meta), none, ...text } };
    }
    case 'DeviationFlagged':
    case 'OverrunFlagged':
      return deviation(entry, event);
    case 'DeviationReviewed':
      return reviewed(entry, event);
    case 'JournalCorrected':
      return corrected(entry, event);
    case 'StrikeOutRequested':
    case 'StrikeOutDecided':
      return struck(entry, event);
    default:
      return foldCourse(entry, event);
  }
}

function stateOf({ data, meta }: Of<'StateBeforeRecorded' | 'StateAfterRecorded'>): JournalState {
  const { at, observed, state, notObservedReason } = data;
  return {
    ...noted(meta),
    at,
    observed,
    ...(state === undefined ? {} : { state }),
    ...(notObservedReason === undefined ? {} : { notObservedReason }),
  };
}

function note({ data, meta }: Of<'DiagnosisRecorded' | 'MemberQuestionLogged' | 'ExplanationGiven'>) {
  return { ...noted(meta), entryId: data.entryId, at: data.at, text: data.text };
}

function action(
  entry: JournalDocument,
  { type, data, meta }: Of<'ActionPerformed' | 'OutOfScopeActionPerformed'>,
): JournalDocument {
  const { actionId, performedAt, category, riskClass, description } = data;
  const outOfScope = type === 'OutOfScopeActionPerformed';
  const added = { ...noted(meta), actionId, performedAt, category, riskClass, description, outOfScope };
  return { ...entry, categories: withText(entry.categories, category), actions: [...entry.actions, added] };
}

function deviation(entry: JournalDocument, { data, meta }: Of<'DeviationFlagged' | 'OverrunFlagged'>): JournalDocument {
  const { deviationId, code, rule, serious, detail, at } = data;
  const flagged = { deviationId, code, rule, serious, detail, at, flaggedAt: meta.recordedAt };
  return {
    ...entry,
    deviations: withText(entry.deviations, code),
    deviationDetails: [...entry.deviationDetails, flagged],
  };
}

function reviewed(entry: JournalDocument, { data }: Of<'DeviationReviewed'>): JournalDocument {
  const { deviationId, comment, at } = data;
  return {
    ...entry,
    deviationDetails: entry.deviationDetails.map((one) =>
      one.deviationId === deviationId ? { ...one, reviewedAt: at, comment } : one,
    ),
  };
}

/** Keeps both values side by side: the one first noted, found by its event, and the one that corrects it. */
function corrected(entry: JournalDocument, { data, meta }: Of<'JournalCorrected'>): JournalDocument {
  const { targetEventId, field, value, reason } = data;
  const original = originalOf(entry, targetEventId, field);
  const correction = { targetEventId, field, original, corrected: value, reason, by: meta.actor };
  return { ...entry, corrections: [...entry.corrections, { ...noted(meta), ...correction }] };
}

function struck(entry: JournalDocument, event: Of<'StrikeOutRequested' | 'StrikeOutDecided'>): JournalDocument {
  const { actor } = event.meta;
  if (event.type === 'StrikeOutRequested') {
    const { strikeOutId, targetEventId, field, reason, requestedAt } = event.data;
    const reported = { strikeOutId, targetEventId, field, reason, requestedAt, requestedBy: actor };
    return { ...entry, strikeOuts: [...entry.strikeOuts, reported] };
  }
  const { strikeOutId, decision, decidedAt } = event.data;
  const decide = <T extends { readonly strikeOutId: string }>(one: T) =>
    one.strikeOutId === strikeOutId ? { ...one, decision, decidedAt, decidedBy: actor } : one;
  return { ...entry, strikeOuts: entry.strikeOuts.map(decide) };
}

/** Null when the entry named is not one that the journal shows. */
function originalOf(entry: JournalDocument, eventId: string, field: string): unknown {
  const parts = Object.values(entry).flatMap((part) => (Array.isArray(part) ? part : [part]));
  for (const part of parts as readonly unknown[]) {
    if (typeof part !== 'object' || part === null) continue;
    const one = part as Readonly<Record<string, unknown>>;
    if (one.eventId === eventId && Object.hasOwn(one, field)) return one[field];
  }
  return null;
}
