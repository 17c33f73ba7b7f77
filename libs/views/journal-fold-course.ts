import type { SealedSessionEvent } from '#domain/session/events.js';
import type { Instant } from '#kernel/time.js';
import type { JournalDocument, Segment } from './journal-document.js';
import { localDayOf } from './local-day.js';

const noted = ({ eventId, recordedAt }: SealedSessionEvent['meta']) => ({ eventId, recordedAt });
type Of<T extends SealedSessionEvent['type']> = Extract<SealedSessionEvent, { readonly type: T }>;

const stop = (segments: readonly Segment[], at: Instant): readonly Segment[] =>
  segments.map((one) => (one.to === undefined ? { ...one, to: at } : one));
const yesNo = (value: boolean) => (value ? ('yes' as const) : ('no' as const));

/** Consent, life cycle and follow-up: everything that is not noted by the technician. */
export function foldCourse(entry: JournalDocument, event: SealedSessionEvent): JournalDocument {
  switch (event.type) {
    case 'ConsentGiven': {
      const { requestId, charterVersionId } = event.data;
      const pinned = entry.charterVersionId ?? charterVersionId;
      const consent = entry.startedAt === undefined ? { consent: 'given' as const } : {};
      return {
        ...entry,
        ...consent,
        charterVersionId: pinned,
        ...(requestId === undefined ? {} : { requestId }),
      };
    }
    case 'ConsentContested':
    case 'ContestSettled':
      return contest(entry, event);
    case 'SecurityAdviceGiven': {
      const { at, advices } = event.data;
      const all = [...new Set([...(entry.securityAdvice?.advices ?? []), ...advices])];
      return { ...entry, securityAdvice: { ...noted(event.meta), at, advices: all } };
    }
    case 'BreachTriageAnswered': {
      const { at, answer, reason } = event.data;
      return { ...entry, breachTriage: { ...noted(event.meta), at, answer, reason } };
    }
    case 'ConsentRefused':
      return { ...entry, consent: 'refused' };
    case 'ConsentWithdrawn':
      return { ...entry, consent: 'withdrawn' };
    case 'PreparationAnswered': {
      const { closed, secretsTold, backup } = event.data;
      return { ...entry, preparation: { closed, secretsTold, backup } };
    }
    case 'SessionStarted':
      return started(entry, event);
    case 'SessionRecordedAfterwards':
      return recordedAfterwards(entry, event);
    case 'SessionPaused':
      return { ...entry, status: 'paused', segments: stop(entry.segments, event.data.at) };
    case 'SessionResumed':
      return { ...entry, status: 'running', segments: [...entry.segments, { from: event.data.at }] };
    case 'PresenceAttested':
      return { ...entry, presence: [...entry.presence, { at: event.data.at, present: true }] };
    case 'PresenceLost':
      return { ...entry, presence: [...entry.presence, { at: event.data.at, present: false }] };
    case 'ExtensionAgreed': {
      const { eventId, recordedAt } = event.meta;
      const { at, minutes } = event.data;
      return { ...entry, extensions: [...entry.extensions, { eventId, recordedAt, at, minutes }] };
    }
    case 'SessionInterrupted': {
      const { at, reason, beyondCharter, note } = event.data;
      const { eventId, recordedAt } = event.meta;
      const interruption = { eventId, recordedAt, at, reason, beyondCharter, ...(note === undefined ? {} : { note }) };
      return { ...entry, interruption };
    }
    case 'SessionEnded': {
      const { at } = event.data;
      return { ...entry, status: 'ended', endedAt: at, segments: stop(entry.segments, at) };
    }
    case 'SessionClosed': {
      const { startedAt, endedAt, segments, activeMinutes, outcome } = event.data;
      return { ...entry, status: 'closed', startedAt, endedAt, segments, activeMinutes, outcome };
    }
    case 'TemporaryCredentialUsed': {
      const { credentialId, method, at } = event.data;
      return { ...entry, credentials: [...entry.credentials, { credentialId, method, at }] };
    }
    case 'CredentialChangeConfirmed':
    case 'TempAdminAccountRemoved': {
      const { credentialId, at } = event.data;
      const credentials = entry.credentials.map((one) =>
        one.credentialId === credentialId ? { ...one, confirmedAt: at } : one,
      );
      return { ...entry, credentials };
    }
    case 'FollowUpAnswered': {
      const { passwordsChanged, computerWorks, adviceNoted } = event.data;
      return { ...entry, followUp: { passwordsChanged, computerWorks, adviceNoted } };
    }
    default:
      return entry;
  }
}

function contest(entry: JournalDocument, { type, data, meta }: Of<'ConsentContested' | 'ContestSettled'>) {
  if (type === 'ConsentContested') {
    const { at, channel, remark } = data;
    const said = { ...noted(meta), at, channel, state: 'open' as const };
    return { ...entry, consentContest: { ...said, ...(remark === undefined ? {} : { remark }) } };
  }
  const { consentContest } = entry;
  if (consentContest === undefined) return entry;
  return { ...entry, consentContest: { ...consentContest, state: data.outcome, note: data.note } };
}

function started(entry: JournalDocument, { data, meta }: Of<'SessionStarted'>): JournalDocument {
  const { requestId, technicianId, startedAt, toolName, linkEncrypted, memberPresent } = data;
  const { otherTool, connectivityCheck, toolReady } = data;
  const { exceptional, charterVersionId, allowedMinutes, problem } = data;
  return {
    ...entry,
    ...(requestId === undefined ? {} : { requestId }),
    technicianId,
    status: 'running',
    startedAt,
    recordedAt: meta.recordedAt,
    localDay: localDayOf(startedAt),
    segments: [{ from: startedAt }],
    toolName,
    otherTool,
    connectivityCheck,
    toolReady,
    linkEncrypted: yesNo(linkEncrypted),
    memberPresent: yesNo(memberPresent),
    exceptional,
    charterVersionId,
    allowedMinutes,
    problem: { eventId: meta.eventId, recordedAt: meta.recordedAt, problem },
  };
}

function recordedAfterwards(entry: JournalDocument, { data, meta }: Of<'SessionRecordedAfterwards'>): JournalDocument {
  const { requestId, technicianId, startedAt, endedAt, segments, activeMinutes, allowedMinutes } = data;
  const { charterVersionId, toolName, otherTool, linkEncrypted, memberPresent, problem, reason, consent } = data;
  return {
    ...entry,
    ...(requestId === undefined ? {} : { requestId }),
    ...(charterVersionId === undefined ? {} : { charterVersionId }),
    ...(toolName === undefined ? {} : { toolName, otherTool }),
    technicianId,
    status: 'ended',
    recordedAfterwards: true,
    afterwardsReason: reason,
    recordedAt: meta.recordedAt,
    startedAt,
    endedAt,
    localDay: localDayOf(startedAt),
    segments,
    activeMinutes,
    allowedMinutes,
    consent,
    linkEncrypted,
    memberPresent,
    problem: { eventId: meta.eventId, recordedAt: meta.recordedAt, problem },
  };
}
