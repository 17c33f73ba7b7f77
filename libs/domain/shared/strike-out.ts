import { cellOf, type EventDefinition } from '#kernel/define-event.js';

/** Striking out one free text, as sessions and requests do it (A1). Values are stored: add, never rename. */
export const strikeOutDecisions = ['granted', 'refused'] as const;
export type StrikeOutDecision = (typeof strikeOutDecisions)[number];

/** A text that was reported as one that may not be kept. */
export interface StrikeOut {
  readonly strikeOutId: string;
  readonly targetEventId: string;
  readonly field: string;
  readonly decision: StrikeOutDecision | undefined;
}

/**
 * The cell of one free text of a stream's event.
 * @param eventTypes types of the stream's events by event id
 * @param owner the ids that every event of the stream carries, the member's among them
 * @returns undefined when there is no such event, or the field is no text with a cell of its own
 */
export function textCellIn(
  definitions: readonly EventDefinition[],
  eventTypes: Readonly<Record<string, string>>,
  owner: Readonly<Record<string, string>>,
  eventId: string,
  field: string,
): string | undefined {
  const type = Object.hasOwn(eventTypes, eventId) ? eventTypes[eventId] : undefined;
  const definition = definitions.find((one) => one.type === type);
  if (definition === undefined || !Object.hasOwn(definition.data, field)) return undefined;
  const cell = cellOf(definition, owner, eventId, field);
  return cell?.endsWith(`/${eventId}.${field}`) ? cell : undefined;
}

/** The report of this text that waits or was granted; one that was refused counts no longer. */
export const reportOf = (strikeOuts: readonly StrikeOut[], eventId: string, field: string): StrikeOut | undefined =>
  strikeOuts.find((one) => one.targetEventId === eventId && one.field === field && one.decision !== 'refused');

export const withReport = (strikeOuts: readonly StrikeOut[], report: Omit<StrikeOut, 'decision'>) => [
  ...strikeOuts,
  { ...report, decision: undefined },
];

export const withDecision = (strikeOuts: readonly StrikeOut[], strikeOutId: string, decision: StrikeOutDecision) =>
  strikeOuts.map((one) => (one.strikeOutId === strikeOutId ? { ...one, decision } : one));
