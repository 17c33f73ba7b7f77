import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { lintFields, refusePersonal } from '../lint/lint-fields.js';
import { type BaseFacts, hasAnyRole } from '../shared/facts.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import type { IncidentCommand } from './commands.js';
import { decideEntry } from './decide-entry.js';
import * as events from './events.js';
import type { IncidentFacts } from './facts.js';
import * as refusals from './refusals.js';
import type { IncidentCase, IncidentState } from './state.js';

type Decision = readonly events.IncidentEvent[] | Refusal;
type Deciding = Exclude<IncidentCommand, { readonly type: 'RecordIncident' | 'ComplementIncident' }>;

/** Anybody of the association writes an incident down; only the Director or the President decides on it (5.2, GDPR 33). */
export function decide(command: IncidentCommand, state: IncidentState, facts: IncidentFacts): Decision {
  if (command.type === 'RecordIncident' || command.type === 'ComplementIncident')
    return decideEntry(command, state, facts);
  if (state === undefined) return refusals.incidentUnknown();
  if (!hasAnyRole(facts.actor, 'Director', 'President')) return refusals.incidentNeedsDirector();
  return decideCourse(command, state, facts);
}

function decideCourse(command: Deciding, state: IncidentCase, facts: BaseFacts): Decision {
  const { incidentId } = command;
  switch (command.type) {
    case 'AssessIncident': {
      if (state.closed) return refusals.incidentClosed();
      const { risk, reasons } = command;
      return (
        lintFields({ '/reasons': reasons }).refusal ?? [
          event(events.IncidentAssessed, { incidentId, risk, reasons, assessedAt: facts.now }),
        ]
      );
    }
    case 'NotifyAuthority':
      return notify(command, state, facts);
    case 'TellPersons': {
      const { type: _, ...told } = command;
      if (state.notices.includes(told.noticeId)) return [];
      return (
        refuseFutureInstant(told.toldAt, facts.now, '/toldAt') ??
        lintFields({ '/message': told.message }).refusal ?? [event(events.PersonsTold, told)]
      );
    }
    case 'ExemptFromTelling': {
      if (state.closed) return refusals.incidentClosed();
      const { exemption, reasons } = command;
      return (
        lintFields({ '/reasons': reasons }).refusal ?? [
          event(events.PersonsNotTold, { incidentId, exemption, reasons, decidedAt: facts.now }),
        ]
      );
    }
    case 'CloseIncident':
      return close(command.conclusion, state, facts);
    default:
      return never(command);
  }
}

/** What was sent is a fact, late or not, also after the closing; a late first one says why (GDPR 33(1)). */
function notify(
  command: Extract<Deciding, { readonly type: 'NotifyAuthority' }>,
  state: IncidentCase,
  { now }: BaseFacts,
): Decision {
  const { type: _, ...sent } = command;
  if (state.notifications.includes(sent.notificationId)) return [];
  const stage = state.notifications.length === 0 ? 'first' : 'complement';
  const late = stage === 'first' && sent.notifiedAt >= state.notifyBefore;
  if (late && sent.delayReasons === undefined)
    return refusals.delayReasonsMissing(undefined, [{ pointer: '/delayReasons', detail: 'à donner' }]);
  return (
    refuseFutureInstant(sent.notifiedAt, now, '/notifiedAt') ??
    lintFields({ '/content': sent.content, '/delayReasons': sent.delayReasons }).refusal ??
    refusePersonal({ '/authorityReference': sent.authorityReference }) ?? [
      event(events.AuthorityNotified, { ...sent, stage, late }),
    ]
  );
}

function close(conclusion: string, state: IncidentCase, { now }: BaseFacts): Decision {
  if (state.closed) return [];
  if (state.risk === undefined) return refusals.incidentNotAssessed();
  if (state.risk !== 'unlikely' && state.notifications.length === 0) return refusals.authorityNotNotified();
  if (state.risk === 'high' && state.notices.length === 0 && !state.exempt) return refusals.personsNotTold();
  const { incidentId } = state;
  return (
    lintFields({ '/conclusion': conclusion }).refusal ?? [
      event(events.IncidentClosed, { incidentId, conclusion, closedAt: now }),
    ]
  );
}
