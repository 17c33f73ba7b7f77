import { access } from '#domain/access/access.js';
import { association } from '#domain/association/association.js';
import { complaint } from '#domain/complaint/complaint.js';
import { custody } from '#domain/custody/custody.js';
import { incident } from '#domain/incident/incident.js';
import { letter } from '#domain/letter/letter.js';
import { member } from '#domain/member/member.js';
import { request } from '#domain/request/request.js';
import { rights } from '#domain/rights/rights.js';
import { session } from '#domain/session/session.js';
import { staff } from '#domain/staff/staff.js';
import { subscriber } from '#domain/subscriber/subscriber.js';
import { token } from '#domain/token/token.js';
import type { EventDefinition } from '#kernel/define-event.js';
import { memberRetention, retentionOfKinds, retentionWords } from './retention-words.js';

/** One processing activity (GDPR 30(1)): what no declaration of an event says is written here, the rest is derived. */
export interface Activity {
  readonly code: string;
  /** French. */
  readonly name: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly persons: string;
  readonly recipients: readonly string[];
  /** @param months how long journals are kept under the charter in force */
  readonly retention: (months: number) => string;
  readonly aggregates: readonly { readonly category: string; readonly events: readonly EventDefinition[] }[];
}

const INSIDE = 'Au sein de l’association, les seules personnes habilitées, chaque consultation relevée avec son motif';

export const activities: readonly Activity[] = [
  {
    code: 'support',
    name: 'Appui technique à distance et journal des interventions',
    purpose: 'Rendre le service demandé, prouver le consentement, tenir le journal (charte, articles 1, 3.1 et 8.1)',
    legalBasis: 'Exécution du service demandé ; consentement à chaque prise de contrôle',
    persons: 'Adhérents qui demandent un appui, leurs représentants',
    recipients: [INSIDE, 'L’adhérent lui-même : rapport, reçu de consentement'],
    retention: retentionOfKinds(['Intervention', 'session'], ['Demande', 'request']),
    aggregates: [request, session],
  },
  {
    code: 'members',
    name: 'Fichier des adhérents au service d’appui',
    purpose: 'Savoir qui peut demander un appui et comment le joindre (charte, préambule)',
    legalBasis: 'Exécution du service demandé',
    persons: 'Adhérents, leurs représentants',
    recipients: [INSIDE],
    retention: memberRetention,
    aggregates: [member],
  },
  {
    code: 'letters',
    name: 'Courriers aux adhérents',
    purpose: 'Préparer, envoyer ou imprimer les messages que la charte prévoit',
    legalBasis: 'Exécution du service demandé ; obligation légale pour les réponses aux droits',
    persons: 'Adhérents',
    recipients: ['L’adhérent lui-même', 'Le fournisseur du serveur de courriel, s’il y en a un'],
    retention: (months) =>
      `Avec le dossier dont le courrier parle ; sans dossier (nouvelle charte), avec l’identité de l’adhérent : ${memberRetention(months)}`,
    aggregates: [letter],
  },
  {
    code: 'complaints',
    name: 'Réclamations et litiges',
    purpose: 'Instruire les réclamations, proposer une solution amiable, défendre des droits (charte, article 9)',
    legalBasis: 'Intérêt légitime ; constatation, exercice ou défense de droits en justice',
    persons: 'Adhérents qui réclament, personnes mises en cause',
    recipients: [INSIDE, 'Médiateur, assureur, autorité ou tribunal : chaque remise est relevée avec son motif'],
    retention: retentionOfKinds(['Réclamation', 'complaint']),
    aggregates: [complaint, custody],
  },
  {
    code: 'rights',
    name: 'Exercice des droits et relevé des consultations',
    purpose: 'Répondre aux demandes des personnes et montrer qui a lu quoi (charte, articles 4.2 et 4.3)',
    legalBasis: 'Obligation légale (RGPD, articles 12 à 21)',
    persons: 'Adhérents',
    recipients: [INSIDE, 'L’adhérent lui-même : copie et réponse'],
    retention: (months) => `${retentionWords('rights', months)}. Relevé des consultations : 12 mois`,
    aggregates: [rights, access],
  },
  {
    code: 'staff',
    name: 'Personnes de l’association',
    purpose: 'Nommer les responsables, habiliter les intervenants, donner les accès (charte, articles 4.4, 5.2 et 11)',
    legalBasis: 'Intérêt légitime de l’association',
    persons: 'Dirigeants, responsable support, intervenants',
    recipients: [INSIDE],
    retention: (months) => `Le temps de la mission, puis ${retentionWords('staff', months)}`,
    aggregates: [staff, token],
  },
  {
    code: 'incidents',
    name: 'Registre des violations de données',
    purpose: 'Documenter les violations, prévenir la CNIL et les personnes (RGPD, articles 33 et 34)',
    legalBasis: 'Obligation légale',
    persons: 'Personnes touchées, désignées par référence seulement',
    recipients: [INSIDE, 'CNIL ; personnes touchées si le risque est élevé'],
    retention: retentionOfKinds(['Incident', 'incident']),
    aggregates: [incident],
  },
  {
    code: 'association',
    name: 'Assurance, médiateur et sous-traitants',
    purpose: 'Tenir à jour les contacts que la charte et le RGPD demandent (charte, articles 6.2, 6.3 et 11)',
    legalBasis: 'Obligation légale ; intérêt légitime',
    persons: 'Contacts chez ces organismes',
    recipients: ['Contact du médiateur : dans chaque réponse finale'],
    retention: retentionOfKinds(['Assurance', 'insurance'], ['Médiateur', 'mediator'], ['Sous-traitant', 'processor']),
    aggregates: [association],
  },
  {
    code: 'subscribers',
    name: 'Destinataires abonnés aux événements',
    purpose:
      'Savoir à qui sont transmis des événements sans nom ni texte (identifiants, dates, codes), et les prévenir d’un effacement ou d’une rectification (charte, article 4.2 ; RGPD, article 19)',
    legalBasis: 'Intérêt légitime de l’association ; accord signé avec chaque abonné',
    persons: 'Contacts chez ces organismes ; adhérents, par identifiant seulement',
    recipients: [INSIDE],
    retention: retentionOfKinds(['Abonné', 'subscriber']),
    aggregates: [subscriber],
  },
];
