/** One thing looked at: how it is and, when it is not well, what to do. Said in French to whoever runs the installation. */
export interface Finding {
  /** The same in every release, for programs: `event-store`, `view journal`. */
  readonly what: string;
  readonly state: 'ok' | 'note' | 'fault';
  readonly says: string;
  readonly advice?: string;
  /** The figure behind it, where there is one, for programs. */
  readonly figure?: number;
}

export const ok = (what: string, says: string, figure?: number): Finding => found(what, 'ok', says, undefined, figure);
export const note = (what: string, says: string, advice?: string, figure?: number): Finding =>
  found(what, 'note', says, advice, figure);
export const fault = (what: string, says: string, advice?: string, figure?: number): Finding =>
  found(what, 'fault', says, advice, figure);

const found = (
  what: string,
  state: Finding['state'],
  says: string,
  advice: string | undefined,
  figure: number | undefined,
): Finding => ({
  what,
  state,
  says,
  ...(advice === undefined ? {} : { advice }),
  ...(figure === undefined ? {} : { figure }),
});

const names: Readonly<Record<string, string>> = {
  node: 'Node',
  'data folder': 'dossier des données',
  'event store': 'journal des faits',
  'view store': 'dépôt des vues',
  'key vault': 'coffre des clés',
  'root key': 'clé racine',
  'signing key': 'clé de signature',
  address: 'adresse',
  traces: 'traces',
  disk: 'disque',
  installation: 'installation',
  service: 'service',
  background: 'travail de fond',
  'event-store': 'journal : répond',
  'view-store': 'vues : répond',
  'key-vault': 'coffre : répond',
  opening: 'ouverture des valeurs',
  'mail server': 'serveur de messagerie',
  mail: 'courrier',
  feed: 'abonnés',
  'erasure ledger': 'registre des effacements',
  'older data': 'données plus anciennes',
  erasures: 'effacements',
  backup: 'sauvegarde',
  rehearsal: 'essai de restauration',
  custodians: 'dépositaires de la clé',
  rotation: 'rotation de la clé',
  'old vault': 'ancien coffre des clés',
  'nightly run': 'travail de nuit',
};

/** French for what was looked at. */
export const nameOf = ({ what }: Finding): string => names[what] ?? what.replace(/^view /, 'vue ');

/** « 1 flux », « 3 lettres ». */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count < 2 ? one : several}`;

/** « 40 secondes », « 12 minutes », « 5 heures », « 3 jours ». */
export function lasting(seconds: number): string {
  if (seconds < 120) return counted(Math.round(seconds), 'seconde');
  if (seconds < 7200) return counted(Math.round(seconds / 60), 'minute');
  if (seconds < 172_800) return counted(Math.round(seconds / 3600), 'heure');
  return counted(Math.round(seconds / 86_400), 'jour');
}
