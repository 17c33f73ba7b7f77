import { CellsDestroyed } from '#domain/custody/events.js';
import { MemberIdentityCorrected, ProcessingRestricted, RestrictionLifted } from '#domain/member/events.js';
import { sessionEvents } from '#domain/session/events.js';
import { JournalCorrected } from '#domain/session/events-journal.js';
import { flag, id, instant, list, oneOf } from '#kernel/field.js';
import { derived, type FeedEvent, published } from './feed-event.js';

/** Every event that one can be told a correction of: names of declared fields, never what somebody typed. */
const journalFields = [...new Set(sessionEvents.flatMap(({ data }) => Object.keys(data)))].sort() as [
  string,
  ...string[],
];
const identityFields = ['membershipNumber', 'name', 'email', 'phone', 'postalAddress'] as const;
const member = ['member', 'memberId'] as const;
const MOST = 4000;

/**
 * Told to every subscriber, whatever its topics: who was given a person's data is told of their erasure, rectification and
 * restriction (GDPR 19). They hold no content either: which person, which things, when.
 */
export const feedNotices: readonly FeedEvent[] = [
  derived(
    CellsDestroyed,
    {
      topic: 'data',
      what: 'erased',
      about: member,
      doc: 'Data of a member were destroyed, on request or at the end of their period. Erase what you hold on the things named; with `identity`, on the member as a whole.',
    },
    {
      memberId: id(),
      destructionId: id(),
      /** True: who this member is can be told by nobody any more. */
      identity: flag(),
      sessions: list(id(), MOST),
      requests: list(id(), MOST),
      complaints: list(id(), MOST),
      destroyedAt: instant(),
    },
    ({ memberId, destructionId, cells, destroyedAt }) => {
      const things = cells.map(({ cell }) => thingOf(cell, memberId));
      const named = (kind: string) => things.flatMap((one) => (one?.kind === kind ? [one.id] : []));
      const identity = things.some((one) => one?.kind === 'member' || one?.kind === 'identity');
      const [sessions, requests, complaints] = [named('session'), named('request'), named('complaint')];
      // one text struck out, a letter, a case of rights: nobody was given any of it
      if (!identity && sessions.length + requests.length + complaints.length === 0) return undefined;
      return { memberId, destructionId, identity, sessions, requests, complaints, destroyedAt };
    },
  ),
  derived(
    MemberIdentityCorrected,
    {
      topic: 'data',
      what: 'identity-rectified',
      about: member,
      doc: 'Fields of a member’s identity were corrected. The feed carries none of them; whoever got them by another way takes them from there anew.',
    },
    { memberId: id(), fields: list(oneOf(...identityFields), identityFields.length) },
    (data) => ({ memberId: data.memberId, fields: identityFields.filter((name) => data[name] !== undefined) }),
  ),
  derived(
    JournalCorrected,
    {
      topic: 'data',
      what: 'journal-rectified',
      about: ['session', 'sessionId'],
      doc: 'A field of an entry of a session’s journal was corrected. What it says now is not told: ask the association where you hold it.',
    },
    { memberId: id(), sessionId: id(), field: oneOf(...journalFields), at: instant() },
    ({ memberId, sessionId, field, at }) => ({ memberId, sessionId, field, at }),
  ),
  published(ProcessingRestricted, {
    topic: 'data',
    what: 'restricted',
    about: member,
    doc: 'The member’s data may be kept and not used (GDPR 18). Until it is lifted, events on this member are not sent.',
    carries: ['memberId', 'restrictedAt'],
  }),
  published(RestrictionLifted, {
    topic: 'data',
    what: 'restriction-lifted',
    about: member,
    doc: 'The restriction ended. What was held out while it lasted is not made up for.',
    carries: ['memberId', 'liftedAt'],
  }),
];

/** What a key cell is about: `<member>`, `<member>/identity`, `<member>/session:<id>`. Undefined: a part of one. */
function thingOf(cell: string, memberId: string): { readonly kind: string; readonly id: string } | undefined {
  if (cell === memberId) return { kind: 'member', id: memberId };
  const [, purpose = '', below] = cell.split('/');
  if (below !== undefined) return undefined;
  const [kind = '', id = ''] = purpose.split(':');
  return { kind, id };
}
