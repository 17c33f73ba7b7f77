import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, instant, oneOf, optional, sha256 } from '#kernel/field.js';

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

export const accessEvents = [FileConsulted, MemberExportIssued];
type Definitions = typeof FileConsulted | typeof MemberExportIssued;
export type AccessEvent = EventOf<Definitions>;
export type SealedAccessEvent = SealedEventOf<Definitions>;
