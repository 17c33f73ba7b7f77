import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, instant, oneOf, optional, personal, sha256, text } from '#kernel/field.js';

// Types and names here are the storage format.

export const accessPurposes = ['quality', 'dispute', 'rights', 'support'] as const;
export type AccessPurpose = (typeof accessPurposes)[number];
export const consultedParts = ['member-file', 'journal-entry', 'consent', 'export', 'complaint'] as const;
export type ConsultedPart = (typeof consultedParts)[number];

export const FileConsulted = defineEvent({
  type: 'FileConsulted',
  version: 1,
  doc: 'A person read a part of a member’s file, for a stated purpose.',
  rules: ['charter:4.2a', 'charter:8.1f'],
  data: {
    memberId: id(),
    sessionId: optional(id()),
    what: oneOf(...consultedParts),
    purpose: oneOf(...accessPurposes),
    by: id(),
    at: instant(),
  },
});

export const MemberExportIssued = defineEvent({
  type: 'MemberExportIssued',
  version: 1,
  doc: 'Everything held on a member was put together for them (GDPR 15, 20); kept sealed until its validity ends.',
  rules: ['charter:4.3', 'charter:4.2a'],
  data: {
    memberId: id(),
    rightsId: optional(id()),
    exportId: id(),
    sha256: sha256(),
    issuedBy: id(),
    issuedAt: instant(),
    expiresAt: instant(),
  },
});

/** Outside a complaint; a dispute has its own referrals. `designee`: whom the member named. */
export const disclosedTo = ['authority', 'court', 'processor', 'designee'] as const;
export type DisclosedTo = (typeof disclosedTo)[number];
export const disclosureReasons = ['legal-obligation', 'legal-claim', 'processor-contract', 'member-request'] as const;
export type DisclosureReason = (typeof disclosureReasons)[number];
export const disclosureChannels = ['email', 'post', 'in-person', 'online'] as const;
export type DisclosureChannel = (typeof disclosureChannels)[number];

export const FileDisclosed = defineEvent({
  type: 'FileDisclosed',
  version: 1,
  subject: 'memberId',
  doc: 'Something of a member left the association outside any complaint: to whom, on what ground, with the digest of exactly what it was.',
  rules: ['charter:4.1', 'charter:4.2b'],
  data: {
    memberId: id(),
    sessionId: optional(id()),
    disclosureId: id(),
    recipient: oneOf(...disclosedTo),
    /** Of a processor: its record with the association. */
    recordId: optional(id()),
    recipientName: personal(text(400), { cell: 'identity', category: 'destinataire d’un dossier' }),
    ground: oneOf(...disclosureReasons),
    /** SHA-256 of the content that was sent. */
    contentSha256: sha256(),
    sentAt: instant(),
    channel: oneOf(...disclosureChannels),
    note: optional(
      personal(text(4000), { cell: 'identity', category: 'note sur une communication', strikeable: true }),
    ),
    by: id(),
  },
});

export const accessEvents = [FileConsulted, MemberExportIssued, FileDisclosed];
type Definitions = typeof FileConsulted | typeof MemberExportIssued | typeof FileDisclosed;
export type AccessEvent = EventOf<Definitions>;
export type SealedAccessEvent = SealedEventOf<Definitions>;
