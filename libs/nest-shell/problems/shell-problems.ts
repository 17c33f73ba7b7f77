import { erasureProblems } from './erasure-problems.js';
import { keepingProblems } from './keeping-problems.js';
import type { ProblemType } from './problem.js';

/** Problems of the HTTP shell itself: everything that is no refusal of the domain. */
const declared = {
  'malformed-body': [
    400,
    'Body is not well-formed JSON',
    'Le corps de la requête n’est pas un objet JSON lisible.',
    'Corrigez le JSON (UTF-8, un seul objet, peu d’imbrications) et recommencez.',
  ],
  'malformed-request': [
    400,
    'Malformed request',
    'La requête est mal formée : adresse, paramètre ou en-tête illisible.',
    'Corrigez les éléments indiqués et recommencez. La page /docs décrit chaque requête.',
  ],
  'not-authenticated': [
    401,
    'Missing, unknown, expired or revoked token',
    'Aucun jeton d’accès valable n’accompagne la requête.',
    'Envoyez l’en-tête « Authorization: Bearer … » avec un jeton en cours de validité, ou demandez-en un à un administrateur.',
  ],
  'role-missing': [
    403,
    'The roles of this token do not allow this operation',
    'Vos rôles ne permettent pas cette opération.',
    'Demandez à une personne habilitée de la faire, ou à un administrateur de revoir vos rôles.',
  ],
  'unknown-route': [
    404,
    'No such address',
    'Cette adresse n’existe pas.',
    'Consultez la liste des opérations sur la page /docs.',
  ],
  'not-found': [
    404,
    'Nothing under this reference',
    'Rien n’est enregistré sous cette référence.',
    'Vérifiez la référence, par exemple depuis la liste correspondante.',
  ],
  'method-not-allowed': [
    405,
    'Method not allowed here',
    'Cette adresse existe, mais pas avec cette méthode.',
    'Consultez la liste des opérations sur la page /docs.',
  ],
  'request-timeout': [
    408,
    'Request took too long to arrive',
    'La requête a mis trop de temps à arriver.',
    'Recommencez ; avec la même « Idempotency-Key », rien n’est fait deux fois.',
  ],
  'clock-only-forward': [
    409,
    'The simulated clock only moves forward',
    'L’horloge de la simulation ne peut qu’avancer.',
    'Donnez un moment postérieur à l’heure simulée actuelle.',
  ],
  'stream-moved-on': [
    409,
    'Someone else changed this at the same time',
    'Quelqu’un d’autre modifie ce dossier en même temps.',
    'Relisez le dossier, puis recommencez.',
  ],
  erased: [
    410,
    'The data needed was erased',
    'Les données nécessaires ont été effacées.',
    'Rien ne peut plus être ajouté sous cette référence ; la preuve d’effacement reste consultable.',
  ],
  'export-gone': [
    410,
    'The copy is past its validity, or holds what was destroyed since',
    'Cette copie n’existe plus : sa durée est passée, ou une de ses données a été détruite depuis.',
    'Établissez une nouvelle copie.',
  ],
  'precondition-failed': [
    412,
    'The revision in If-Match is not the current one',
    'Le dossier a changé depuis que vous l’avez lu.',
    'Relisez le dossier, vérifiez que votre action a encore un sens, et recommencez avec le nouvel ETag.',
  ],
  'body-too-large': [
    413,
    'Body too large',
    'Le corps de la requête est trop volumineux.',
    'Réduisez le contenu envoyé.',
  ],
  'address-too-long': [414, 'Address too long', 'L’adresse est trop longue.', 'Raccourcissez les paramètres.'],
  'unsupported-media-type': [
    415,
    'Only application/json is accepted',
    'Le contenu envoyé n’est pas du JSON.',
    'Envoyez un corps JSON avec l’en-tête « Content-Type: application/json ».',
  ],
  'validation-failed': [
    422,
    'The content of the request is not valid',
    'Un ou plusieurs éléments de la requête ne sont pas valables.',
    'Corrigez les éléments indiqués et recommencez.',
  ],
  'idempotency-key-reused': [
    422,
    'Idempotency-Key already used for another request',
    'Cette « Idempotency-Key » a déjà servi pour une requête différente.',
    'Prenez une nouvelle clé pour une nouvelle action ; la même clé ne sert qu’à répéter la même requête.',
  ],
  'precondition-required': [
    428,
    'If-Match is required here',
    'Cette modification doit indiquer la version du dossier qu’elle corrige.',
    'Lisez le dossier, puis renvoyez son ETag dans l’en-tête « If-Match ».',
  ],
  'too-many-requests': [
    429,
    'Too many requests',
    'Trop de requêtes en peu de temps.',
    'Attendez le délai indiqué par l’en-tête « Retry-After », puis recommencez.',
  ],
  'headers-too-large': [431, 'Headers too large', 'Les en-têtes sont trop volumineux.', 'Réduisez-les.'],
  internal: [
    500,
    'Unexpected fault',
    'Une erreur imprévue s’est produite. Aucune donnée enregistrée n’est perdue.',
    'Recommencez ; si l’erreur persiste, transmettez la référence de corrélation à l’administrateur.',
  ],
  'dependency-unavailable': [
    503,
    'A store or the key vault does not answer',
    'Un composant de stockage ne répond pas. Rien n’a été enregistré.',
    'Réessayez dans quelques instants.',
  ],
  'outcome-unknown': [
    503,
    'The command may or may not have been stored',
    'Le stockage n’a pas confirmé : l’action a peut-être été enregistrée.',
    'Répétez la même requête avec la même « Idempotency-Key » : elle ne sera pas faite deux fois.',
  ],
  'view-behind': [
    503,
    'The view has not reached the position asked for',
    'L’affichage n’a pas encore rattrapé la dernière action.',
    'Réessayez dans quelques instants.',
  ],
  'search-not-ready': [
    503,
    'The search index is still being built',
    'La recherche se prépare.',
    'Réessayez dans quelques instants ; le journal se consulte entre-temps sans recherche.',
  ],
  ...erasureProblems,
  ...keepingProblems,
  stopping: [
    503,
    'The service is stopping',
    'Le service est en train de s’arrêter.',
    'Réessayez dans quelques instants.',
  ],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string, next: string]>;

export type ShellProblemCode = keyof typeof declared;

export const shellProblems: ReadonlyMap<string, ProblemType> = new Map(
  Object.entries(declared).map(([code, [status, title, detail, next]]) => [
    code,
    { code, status, title, detail, next, rule: undefined },
  ]),
);
