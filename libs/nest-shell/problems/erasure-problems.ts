/** Problems of values that cannot be opened, and of certificates. */
export const erasureProblems = {
  'certificate-not-issued': [
    404,
    'The destruction is not certified yet',
    'Aucun certificat n’est encore émis pour cette destruction.',
    'Attendez que la relecture soit faite ; l’état de la destruction dit où elle en est.',
  ],
  'certificate-lost': [
    500,
    'The certificate’s file is missing or is not the one that was recorded',
    'Le fichier du certificat manque, ou n’est plus celui qui a été enregistré.',
    'Remettez en place le dossier des certificats depuis sa copie ; l’empreinte enregistrée dit quel fichier est le bon.',
  ],
  'value-unreadable': [
    500,
    'A sealed value does not open, and was not erased',
    'Une donnée de ce dossier est illisible. Elle n’a pas été effacée : c’est une panne.',
    'Prévenez l’administrateur : la clé manque ou la donnée est abîmée. « temoin doctor » l’aide à chercher.',
  ],
  'keys-unavailable': [
    503,
    'The key vault does not answer',
    'Les clés ne sont pas accessibles : rien ne peut être lu pour l’instant. Rien n’est effacé.',
    'Réessayez dans quelques instants.',
  ],
  'erasures-unverified': [
    503,
    'Nothing is opened until the erasure ledger is back',
    'Le registre des effacements manque ou n’est pas sûr : rien n’est ouvert, pour que rien d’effacé ne revienne.',
    'Prévenez l’administrateur : il remet le registre en place et redémarre le service (« temoin doctor » dit comment). Les actions qui n’ouvrent rien restent possibles.',
  ],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string, next: string]>;
