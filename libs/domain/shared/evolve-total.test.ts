import fc from 'fast-check';
import type { AnyEvent, AnySealedEvent, EventDefinition } from '#kernel/define-event.js';
import { event } from '#kernel/define-event.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { metaOf, sealedEvent } from '#testing/sealed-event.js';
import { access } from '../access/access.js';
import { FileConsulted, FileDisclosed, MemberExportIssued } from '../access/events.js';
import { calendar } from '../calendar/calendar.js';
import { ClosureDeclared, ClosureWithdrawn } from '../calendar/events.js';
import { charter } from '../charter/charter.js';
import { CharterNotified, CharterPublished } from '../charter/events.js';
import { fallbackParameters } from '../charter/parameters.js';
import * as memberEvents from '../member/events.js';
import { member } from '../member/member.js';
import * as staffEvents from '../staff/events.js';
import { staff } from '../staff/staff.js';
import { AccessTokenIssued, AccessTokenRevoked } from '../token/events.js';
import { token } from '../token/token.js';

const on = '2026-06-02' as LocalDate;
const at = '2026-06-02T08:00:00.000Z' as Instant;
const memberId = 'm-1';
const staffId = 's-1';
const sha = '0'.repeat(64);

interface Foldable {
  readonly category: string;
  readonly events: readonly EventDefinition[];
  readonly decider: { readonly initial: unknown; readonly evolve: (state: never, event: never) => unknown };
}

/** One event of each declared type, so that a forgotten branch of `evolve` shows. */
const samples: readonly (readonly [aggregate: Foldable, events: readonly AnyEvent[]])[] = [
  [
    access,
    [
      event(FileConsulted, { memberId, what: 'export', purpose: 'rights', by: staffId, at }),
      event(FileDisclosed, {
        ...{ memberId, disclosureId: 'x1', recipient: 'authority', recipientName: 'Autorité', by: staffId, sentAt: at },
        ...{ ground: 'legal-obligation', contentSha256: 'a'.repeat(64), channel: 'post' },
      }),
      event(MemberExportIssued, {
        memberId,
        exportId: 'e',
        sha256: sha,
        issuedBy: staffId,
        issuedAt: at,
        expiresAt: at,
      }),
    ],
  ],
  [
    calendar,
    [
      event(ClosureDeclared, { closureId: 'c', from: on, to: on, label: 'Pont' }),
      event(ClosureWithdrawn, { closureId: 'c' }),
    ],
  ],
  [
    charter,
    [
      event(CharterPublished, {
        charterVersionId: 'v',
        effectiveFrom: on,
        publishedAt: at,
        textSha256: sha,
        text: 'x',
        articles: [],
        consentStatements: [],
        recommendations: [],
        parameters: fallbackParameters,
        acceptedMissing: [],
      }),
      event(CharterNotified, { charterVersionId: 'v', channel: 'email', notifiedOn: on }),
    ],
  ],
  [
    member,
    [
      event(memberEvents.MemberRegistered, {
        memberId,
        membershipNumber: 'A',
        name: 'B',
        status: 'active',
        minor: false,
      }),
      event(memberEvents.MemberIdentityCorrected, { memberId, name: 'C', reason: 'other' }),
      event(memberEvents.MembershipLapsed, { memberId, on }),
      event(memberEvents.MembershipRenewed, { memberId, on }),
      event(memberEvents.RepresentativeRecorded, {
        memberId,
        representativeId: 'r',
        capacity: 'helper',
        name: 'D',
        basis: 'E',
      }),
      event(memberEvents.ServiceUnsubscribed, { memberId, at, channel: 'web' }),
      event(memberEvents.ServiceResubscribed, { memberId, at, channel: 'web' }),
      event(memberEvents.CharterReacknowledged, { memberId, charterVersionId: 'v2', at, channel: 'email' }),
      event(memberEvents.MemberLeft, { memberId, on }),
      event(memberEvents.ProcessingRestricted, { memberId, ground: 'accuracy-contested', restrictedAt: at }),
      event(memberEvents.RestrictionLiftAnnounced, { memberId, warnedAt: at, channel: 'phone' }),
      event(memberEvents.RestrictionLifted, { memberId, warnedAt: at, liftedAt: at }),
    ],
  ],
  [
    staff,
    [
      event(staffEvents.StaffRegistered, { staffId, name: 'A' }),
      event(staffEvents.OfficeHolderAppointed, { staffId, office: 'director', from: on }),
      event(staffEvents.OfficeHolderDismissed, { staffId, office: 'director', on }),
      event(staffEvents.TechnicianAuthorised, { staffId, from: on }),
      event(staffEvents.TechnicianRevoked, { staffId, on, reason: 'other' }),
      event(staffEvents.ConfidentialityUndertakingSigned, { staffId, signedOn: on, charterVersionId: 'v' }),
      event(staffEvents.TechnicianSkillRecorded, { staffId, software: 'EBP', evidenceDate: on }),
    ],
  ],
  [
    token,
    [
      event(AccessTokenIssued, { tokenId: 't', tokenHash: sha, staffId, roles: ['Auditor'], expiresAt: at }),
      event(AccessTokenRevoked, { tokenId: 't' }),
    ],
  ],
];

describe.each(samples.map(([aggregate, events]) => [aggregate.category, aggregate, events] as const))(
  'the state of %s',
  (category, aggregate, events) => {
    it('folds every declared event, in any order and any number [charter:P.3]', () => {
      expect(events.map(({ type }) => type).sort()).toEqual(aggregate.events.map(({ type }) => type).sort());
      const evolve = aggregate.decider.evolve as (state: unknown, event: AnySealedEvent) => unknown;
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (stream) => {
          let state = aggregate.decider.initial;
          for (const [revision, one] of stream.entries()) {
            const definition = aggregate.events.find(({ type }) => type === one.type);
            if (!definition) throw new Error(`${one.type} is not declared`);
            state = evolve(state, sealedEvent(definition, one, metaOf(`${category}-1`, revision)));
          }
          expect(Object.keys(state as object).sort()).toEqual(Object.keys(aggregate.decider.initial as object).sort());
        }),
      );
    });
  },
);
