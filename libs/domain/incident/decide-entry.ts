import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { fallbackParameters } from '../charter/parameters.js';
import { clockRule, defaultClockSettings } from '../deadlines/clocks.js';
import { deadline, derivationLine } from '../deadlines/deadline.js';
import { lintFields } from '../lint/lint-fields.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import type { ComplementIncident, RecordIncident } from './commands.js';
import { IncidentComplemented, type IncidentEvent, IncidentRecorded } from './events.js';
import type { IncidentFacts } from './facts.js';
import {
  incidentClosed,
  incidentExists,
  incidentKindMissing,
  incidentReferencesUnknown,
  incidentUnknown,
} from './refusals.js';
import type { IncidentState } from './state.js';

/** What happened, and what was touched as the log knows it. The running hours start with the awareness and never shift. */
export function decideEntry(
  command: RecordIncident | ComplementIncident,
  state: IncidentState,
  facts: IncidentFacts,
): readonly IncidentEvent[] | Refusal {
  const { nature, consequences, measures } = command;
  const refusal =
    lintFields({ '/nature': nature, '/consequences': consequences, '/measures': measures }).refusal ??
    (facts.unknown.length === 0 ? undefined : incidentReferencesUnknown());
  if (command.type === 'ComplementIncident') {
    if (state === undefined) return incidentUnknown();
    if (state.closed) return incidentClosed();
    const { type: _, ...known } = command;
    if (saysNothing(command)) return [];
    return refusal ?? [event(IncidentComplemented, { ...known, cells: facts.cells })];
  }
  const { type: _, awareAt, kinds, ...recorded } = command;
  if (state !== undefined) return state.awareAt === awareAt ? [] : incidentExists();
  if (kinds.length === 0) return incidentKindMissing(undefined, [{ pointer: '/kinds', detail: 'à choisir' }]);
  const bad = refuseFutureInstant(awareAt, facts.now, '/awareAt') ?? refusal;
  if (bad) return bad;
  const { breachHours } = facts;
  const clock = deadline(
    clockRule('breach-notification', fallbackParameters, { ...defaultClockSettings, breachHours }),
    awareAt,
    facts.calendar,
  );
  return [
    event(IncidentRecorded, {
      ...recorded,
      awareAt,
      kinds: [...new Set(kinds)],
      cells: facts.cells,
      notifyBefore: clock.endsAt,
      derivation: derivationLine(clock),
    }),
  ];
}

const saysNothing = ({ nature, consequences, measures, personsAbout, sessionIds, memberIds }: ComplementIncident) =>
  [nature, consequences, measures, personsAbout].every((one) => one === undefined) &&
  sessionIds.length + memberIds.length === 0;
