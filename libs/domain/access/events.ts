import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, instant, oneOf, optional } from '#kernel/field.js';

// Types and names here are the storage format.

export const accessPurposes = ['quality', 'dispute', 'rights', 'support'] as const;
export type AccessPurpose = (typeof accessPurposes)[number];
export const consultedParts = ['member-file', 'journal-entry', 'consent', 'export'] as const;
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

export const accessEvents = [FileConsulted];
export type AccessEvent = EventOf<typeof FileConsulted>;
export type SealedAccessEvent = SealedEventOf<typeof FileConsulted>;
