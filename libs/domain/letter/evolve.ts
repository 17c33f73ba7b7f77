import { never } from '#kernel/decider.js';
import type { SealedLetterEvent } from './events.js';
import type { LetterState } from './state.js';

export function evolve(state: LetterState, event: SealedLetterEvent): LetterState {
  if (event.type === 'LetterPrepared') {
    const { letterId, memberId, causeId, sessionId } = event.data;
    return { letterId, memberId, causeId, sessionId, standing: 'waiting', attempts: 0, nextAt: undefined };
  }
  if (state === undefined) return state;
  switch (event.type) {
    case 'LetterSendingBegun':
      return { ...state, standing: 'sending', attempts: event.data.attempt };
    case 'LetterLinkIssued':
      return state;
    case 'LetterSent':
      return { ...state, standing: 'sent' };
    case 'LetterDelayed':
      return { ...state, standing: 'delayed', nextAt: event.data.nextAt };
    case 'LetterUndelivered':
      return { ...state, standing: 'to-print' };
    case 'LetterPrinted':
      return { ...state, standing: 'printed' };
    case 'LetterQueuedAgain':
      return { ...state, standing: 'waiting' };
    case 'LetterAbandoned':
      return { ...state, standing: 'abandoned' };
    default:
      return never(event);
  }
}
