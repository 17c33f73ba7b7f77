import type { SealedCharterEvent } from '#domain/charter/events.js';
import type { LetterTemplate } from '#domain/letter/codes.js';
import type { SealedLetterEvent } from '#domain/letter/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import { textOf } from './change.js';
import { plusDays } from './local-day.js';
import type { Moved } from './process-case.js';
import { atHour, type CaseMove, schedule } from './process-case.js';

/** Which letter an event asks for. */
const letters: Readonly<Record<string, (data: AnySealedEvent['data'], by: string) => LetterTemplate | undefined>> = {
  AppointmentBooked: () => 'preparation',
  RequestDeclined: () => 'decline',
  ExceptionalSlotAgreed: () => 'exceptional-agreement',
  ConsentGiven: ({ mode }) => (mode === 'oral' ? 'consent-confirmation' : 'consent-receipt'),
  // asked by a person: by telephone, say
  FollowUpAsked: (_data, by) => (by === 'system' ? 'follow-up' : undefined),
  ComplaintFiled: () => 'complaint-acknowledgement',
  SettlementProposed: () => 'complaint-proposal',
  ComplaintClosed: () => 'complaint-final-answer',
  MediationReferred: () => 'complaint-referral',
  InsurerNotified: () => 'complaint-referral',
  AuthorityReferred: () => 'complaint-referral',
  RightsDecisionMade: () => 'rights-answer',
  RightsRequestExtended: () => 'rights-extension',
};

const REFERENCES = ['memberId', 'sessionId', 'requestId', 'complaintId', 'rightsId'] as const;

/** The case of the letter that an event asks for: due at once. */
export function letterCases(event: AnySealedEvent): readonly Moved[] {
  const { type, data, meta } = event;
  const template = letters[type]?.(data, meta.actor);
  if (template === undefined) return [];
  const about = Object.fromEntries(
    REFERENCES.flatMap((name) => {
      const id = textOf(data, name);
      return id === undefined ? [] : [[name, id]];
    }),
  );
  const source = { stream: meta.stream, revision: meta.revision };
  const steps = [{ step: template, dueAt: meta.recordedAt }];
  return [
    {
      process: 'letter',
      caseId: meta.eventId,
      move: schedule('letter', meta.eventId, { ...about, ...source }, steps),
    },
  ];
}

/** Letters whose leaving is a fact of the thing they are about. */
const TELLING: ReadonlySet<string> = new Set(['complaint-acknowledgement', 'preparation', 'rights-answer']);

/** Sent or printed, which is equal: what was told is then written down where it belongs. */
export function toldCases(event: SealedLetterEvent): readonly Moved[] {
  const { letterId } = event.data;
  const moved = (move: CaseMove): readonly Moved[] => [{ process: 'letter-told', caseId: letterId, move }];
  switch (event.type) {
    case 'LetterPrepared': {
      const { template, memberId, requestId, sessionId, complaintId, rightsId } = event.data;
      if (!TELLING.has(template)) return [];
      const about = {
        memberId,
        ...(requestId === undefined ? {} : { requestId }),
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(complaintId === undefined ? {} : { complaintId }),
        ...(rightsId === undefined ? {} : { rightsId }),
      };
      return moved(schedule('letter-told', letterId, about, []));
    }
    case 'LetterSent':
    case 'LetterPrinted': {
      const channel = event.type === 'LetterSent' ? 'email' : event.data.handedOver;
      const since = event.data.at;
      // what was sent and is printed as well is told once
      return moved(
        (before) =>
          before &&
          (before.done.length > 0 || before.pending.length > 0
            ? before
            : schedule('letter-told', letterId, { since }, [{ step: `record.${channel}`, dueAt: since }])(before)),
      );
    }
    default:
      return [];
  }
}

/**
 * A new version of the charter is told to every member at once, and signed anew by the technicians when it begins; thirty
 * days later the support lead is told once who has not accepted it (10.2).
 */
export function charterCases(event: SealedCharterEvent): readonly Moved[] {
  if (event.type !== 'CharterPublished') return [];
  const { charterVersionId, effectiveFrom } = event.data;
  const steps = [
    { step: 'notify', dueAt: event.meta.recordedAt },
    { step: 'undertakings', dueAt: atHour(effectiveFrom, 9) },
    { step: 'unacknowledged', dueAt: atHour(plusDays(effectiveFrom, 30), 9) },
  ];
  return [
    {
      process: 'charter-notice',
      caseId: charterVersionId,
      move: schedule('charter-notice', charterVersionId, { charterVersionId }, steps),
    },
  ];
}
