import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { linted } from '../shared/linted.js';
import { refuseFuture } from '../shared/service-rules.js';
import type { SecurityCommand } from './commands-security.js';
import type { SessionEvent } from './events.js';
import { BreachTriageAnswered, SecurityAdviceGiven } from './events-security.js';
import type { SessionFacts } from './facts.js';
import { adviceMissing, securityStopMissing } from './refusals-security.js';
import type { SessionState } from './state.js';
import type { Who } from './who.js';

/** After a stop for security: what was advised, and whether data may have been touched (7.3 b). */
export function followSecurityStop(
  command: SecurityCommand,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): readonly SessionEvent[] | Refusal {
  const { now } = facts;
  if (state.interruption !== 'SECURITY') return securityStopMissing();
  if (command.type === 'RecordSecurityAdvice') {
    const advices = [...new Set(command.advices)];
    if (advices.length === 0) return adviceMissing(undefined, [{ pointer: '/advices', detail: 'à cocher' }]);
    if (advices.every((one) => state.securityAdvices.includes(one))) return [];
    const at = command.at ?? now;
    return refuseFuture(command.at, now) ?? [event(SecurityAdviceGiven, { ...who, at, advices })];
  }
  const { answer, reason } = command;
  if (state.breachTriage === answer) return [];
  const future = refuseFuture(command.awareAt, now, '/awareAt');
  if (future) return future;
  const text = linted({ '/reason': reason });
  if (text.refusal) return text.refusal;
  const awareAt = command.awareAt ?? now;
  return [event(BreachTriageAnswered, { ...who, at: now, answer, awareAt, reason, ...text.warnings })];
}
