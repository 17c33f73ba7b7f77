import type { KeepGround } from '#domain/custody/events.js';
import type { RefusalGround, RightsKind } from '#domain/rights/events.js';

/** What codes are called for people. A code that is added does not compile until it has its words. */

export const rightsWords: Readonly<Record<RightsKind, string>> = {
  access: 'droit d’accès',
  rectification: 'droit de rectification',
  erasure: 'droit à l’effacement',
  restriction: 'droit à la limitation',
  portability: 'droit à la portabilité',
  objection: 'droit d’opposition',
};

export const rightsArticles: Readonly<Record<RightsKind, string>> = {
  access: 'article 15 du RGPD',
  rectification: 'article 16 du RGPD',
  erasure: 'article 17 du RGPD',
  restriction: 'article 18 du RGPD',
  portability: 'article 20 du RGPD',
  objection: 'article 21 du RGPD',
};

export const keepWords: Readonly<Record<KeepGround, string>> = {
  'legal-claim': 'nécessaire à la constatation, à l’exercice ou à la défense de droits en justice (RGPD, 17.3 e)',
  'legal-obligation': 'conservé pour respecter une obligation légale (RGPD, 17.3 b)',
  'case-in-progress': 'nécessaire au traitement d’un dossier encore en cours',
  'still-running': 'intervention en cours',
};

export const refusalWords: Readonly<Record<RefusalGround, string>> = {
  ...keepWords,
  'identity-doubtful': 'l’identité de la personne qui demande n’a pas pu être établie (RGPD, 12.6)',
  'manifestly-unfounded': 'demande manifestement infondée ou excessive (RGPD, 12.5)',
  'not-provided-by-the-person': 'données que vous n’avez pas fournies vous-même (RGPD, 20.1)',
  'compelling-grounds': 'motifs légitimes et impérieux qui prévalent (RGPD, 21.1)',
  'nothing-held': 'l’association ne détient pas de données à ce sujet',
};
