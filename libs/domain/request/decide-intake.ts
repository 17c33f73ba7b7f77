import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { versionInForce } from '../charter/state.js';
import { linted } from '../shared/linted.js';
import { noCharterInForce } from '../shared/service-refusals.js';
import { refuseFuture, refuseMember } from '../shared/service-rules.js';
import { letterFor } from './codes.js';
import type { RequestCommand } from './commands.js';
import { NoGoZonesDeclared, RequestDeclined, type RequestEvent, SupportRequested } from './events.js';
import type { RequestFacts } from './facts.js';
import { commercialUseUnanswered, confidentialDataUnanswered, requestClosed, requestExists } from './refusals.js';
import type { RequestState } from './state.js';
import type { Known } from './whose.js';

type Of<T extends RequestCommand['type']> = Extract<RequestCommand, { readonly type: T }>;

export function requestSupport(
  command: Of<'RequestSupport'>,
  state: RequestState,
  facts: RequestFacts,
): readonly RequestEvent[] | Refusal {
  const { requestId, memberId, problem, channel, commercialUse, confidentialDataPresent } = command;
  if (state.status !== 'none') return state.memberId === memberId ? [] : requestExists();
  const { now, time, member } = facts;
  const today = time.toLocal(now).date;
  const refusal = refuseMember(member, today) ?? refuseFuture(command.receivedAt, now, '/receivedAt');
  if (member === undefined || refusal) return refusal ?? requestExists();
  if (commercialUse === undefined) return commercialUseUnanswered(undefined, [asked('/commercialUse')]);
  if (confidentialDataPresent === undefined)
    return confidentialDataUnanswered(undefined, [asked('/confidentialDataPresent')]);
  const receivedAt = command.receivedAt ?? now;
  const version = versionInForce(facts.charter, time.toLocal(receivedAt).date) ?? versionInForce(facts.charter, today);
  if (version === undefined) return noCharterInForce();
  const text = linted({ '/problem': problem });
  if (text.refusal) return text.refusal;
  const who = { requestId, memberId };
  const requested = event(SupportRequested, {
    requestId,
    memberId,
    problem,
    channel,
    receivedAt,
    charterVersionId: version.charterVersionId,
    commercialUse,
    membershipStatus: member.status,
    confidentialDataPresent,
    ...text.warnings,
  });
  if (!commercialUse) return [requested];
  const reason = 'commercial-use';
  return [requested, event(RequestDeclined, { ...who, reason, letterTemplate: letterFor(reason) })];
}

/** The member's word: taken down at any moment until the request is closed. */
export function declareNoGoZones(
  command: Of<'DeclareNoGoZones'>,
  state: RequestState & Known,
): readonly RequestEvent[] | Refusal {
  if (state.status === 'closed') return requestClosed();
  const { zones } = command;
  if (zones.length === 0 && !state.noGoZonesDeclared) return [];
  const text = linted(Object.fromEntries(zones.map((zone, index) => [`/zones/${index}`, zone])));
  if (text.refusal) return text.refusal;
  const { requestId, memberId } = state;
  return [event(NoGoZonesDeclared, { requestId, memberId, zones, ...text.warnings })];
}

const asked = (pointer: string) => ({ pointer, detail: 'réponse attendue' });
