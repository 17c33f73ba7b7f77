/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, instant, oneOf, optional, sha256 } from '#kernel/field.js';
import { complaintChannels, disclosureGrounds, disclosureVariants } from './codes.js';
import { clocks, free, who } from './event-fields.js';

/** A documented disclosure: to whom, why, and the digest of exactly what was sent (4.1). */
const disclosure = {
  ...who,
  disclosureId: id(),
  recipientName: free(400, 'destinataire d’un dossier'),
  ground: oneOf(...disclosureGrounds),
  variant: oneOf(...disclosureVariants),
  /** SHA-256 of the content that was sent. */
  contentSha256: sha256(),
  sentAt: instant(),
  channel: oneOf(...complaintChannels),
  note: optional(free(4000, 'note sur la saisine d’un tiers')),
};

export const MediationReferred = defineEvent({
  type: 'MediationReferred',
  version: 1,
  subject: 'memberId',
  doc: 'The dispute went to the mediator, with the file that is named by its digest.',
  rules: ['charter:9.2', 'charter:6.3', 'charter:4.1'],
  data: {
    ...disclosure,
    initiatedBy: oneOf('member', 'association'),
    /** True before the usual two months after the written complaint were over, or without one in writing: the mediator may refuse. */
    early: flag(),
    /** True when the year for a referral was over. */
    late: flag(),
    /** Where consumer mediation applies: by when the mediator says whether the request is admissible, and what comes of it. */
    clocks: optional(clocks),
  },
});

export const InsurerNotified = defineEvent({
  type: 'InsurerNotified',
  version: 1,
  subject: 'memberId',
  doc: 'A claim was declared to the association’s insurer.',
  rules: ['charter:6.2', 'charter:4.1'],
  data: disclosure,
});

export const AuthorityReferred = defineEvent({
  type: 'AuthorityReferred',
  version: 1,
  subject: 'memberId',
  doc: 'An authority or a court received a file on the dispute.',
  rules: ['charter:9.2', 'charter:4.1'],
  data: { ...disclosure, authority: oneOf('authority', 'court') },
});

export const referralEvents = [MediationReferred, InsurerNotified, AuthorityReferred] as const;
