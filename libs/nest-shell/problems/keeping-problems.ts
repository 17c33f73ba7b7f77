/** Problems of backups. */
export const keepingProblems = {
  'no-backup-folder': [
    409,
    'No folder is set for backups',
    'Aucun dossier de sauvegarde n’est réglé sur cette installation.',
    'Demandez à l’administrateur de régler TEMOIN_BACKUP_DIR, sur un autre disque que celui des données.',
  ],
  'keys-busy': [
    503,
    'A backup, a restore or a rotation of the root key is under way',
    'Une sauvegarde ou un renouvellement de clé est déjà en cours.',
    'Réessayez dans quelques instants.',
  ],
} as const;
