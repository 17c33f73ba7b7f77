import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { BaseFacts } from '../shared/facts.js';
import type { LetterCommand, PrepareLetter } from './commands.js';
import {
  LetterAbandoned,
  LetterDelayed,
  type LetterEvent,
  LetterLinkIssued,
  LetterPrepared,
  LetterPrinted,
  LetterQueuedAgain,
  LetterSendingBegun,
  LetterSent,
  LetterUndelivered,
} from './events.js';
import {
  letterExists,
  letterGoneAlready,
  letterIsMachineWork,
  letterNotSent,
  letterOnItsWay,
  letterOver,
  letterUnknown,
} from './refusals.js';
import type { LetterState } from './state.js';

type Known = NonNullable<LetterState>;
type Decision = readonly LetterEvent[] | Refusal;

/** Commands that a person gives; all others are the processes’ own. */
const BY_PEOPLE: ReadonlySet<LetterCommand['type']> = new Set([
  'NoteBounce',
  'MarkPrinted',
  'SendAgain',
  'AbandonLetter',
]);

export function decide(command: LetterCommand, state: LetterState, facts: BaseFacts): Decision {
  if (!BY_PEOPLE.has(command.type) && facts.actor.staffId !== 'system') return letterIsMachineWork();
  if (command.type === 'PrepareLetter') return prepare(command, state, facts);
  return state === undefined ? letterUnknown() : move(command, state, facts);
}

function prepare(command: PrepareLetter, state: LetterState, { now }: BaseFacts): Decision {
  if (state) return state.memberId === command.memberId ? [] : letterExists();
  const { type: _, subject, content, ...told } = command;
  return [event(LetterPrepared, { ...told, [`${subject}Content`]: content, preparedAt: now })];
}

function move(command: Exclude<LetterCommand, PrepareLetter>, state: Known, { now }: BaseFacts): Decision {
  const { letterId, memberId, standing, attempts } = state;
  const who = { letterId, memberId, at: now };
  switch (command.type) {
    case 'BeginSending':
      return standing === 'waiting' || standing === 'delayed'
        ? [event(LetterSendingBegun, { ...who, attempt: attempts + 1 })]
        : letterGoneAlready();
    case 'IssueLink': {
      const { attempt, linkSha256, expiresAt } = command;
      const { sessionId, causeId: consentEventId } = state;
      if (sessionId === undefined || !underWay(command, state)) return [];
      return [event(LetterLinkIssued, { ...who, sessionId, consentEventId, attempt, linkSha256, expiresAt })];
    }
    case 'RecordSent':
      return underWay(command, state) ? [event(LetterSent, { ...who, attempt: command.attempt })] : [];
    case 'RecordDelay': {
      const { attempt, code, nextAt } = command;
      return underWay(command, state) ? [event(LetterDelayed, { ...who, attempt, code, nextAt })] : [];
    }
    case 'RecordUndelivered': {
      const { reason, code } = command;
      if (standing === 'sent' || standing === 'printed' || standing === 'abandoned' || standing === 'to-print')
        return [];
      return [event(LetterUndelivered, { ...who, reason, ...(code === undefined ? {} : { code }) })];
    }
    case 'NoteBounce':
      if (standing === 'to-print') return [];
      return standing === 'sent' ? [event(LetterUndelivered, { ...who, reason: 'returned' })] : letterNotSent();
    case 'MarkPrinted':
      if (standing === 'abandoned') return letterOver();
      return standing === 'printed' ? [] : [event(LetterPrinted, { ...who, handedOver: command.handedOver })];
    case 'SendAgain':
      if (standing === 'abandoned') return letterOver();
      if (standing === 'sending') return letterOnItsWay();
      return standing === 'waiting' || standing === 'delayed' ? [] : [event(LetterQueuedAgain, who)];
    case 'AbandonLetter':
      if (standing === 'abandoned') return [];
      if (standing === 'sending') return letterOnItsWay();
      return standing === 'sent' || standing === 'printed'
        ? letterGoneAlready()
        : [event(LetterAbandoned, { ...who, reason: command.reason })];
    default:
      return never(command);
  }
}

const underWay = ({ attempt }: { readonly attempt: number }, state: Known): boolean =>
  state.standing === 'sending' && state.attempts === attempt;
