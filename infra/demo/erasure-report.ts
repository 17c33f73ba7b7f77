import type { CertificateProof, GateProof, Readable } from './erasure-proof.js';
import type { Json } from './http-client.js';
import { opened } from './report.js';
import { table } from './table.js';

/** What the story of an erasure leaves behind. */
export interface ErasureStory {
  readonly rightsId: string;
  readonly grid: readonly Json[];
  readonly decision: readonly Json[];
  readonly letter: string;
  readonly certificate: CertificateProof;
  readonly before: Readable;
  readonly after: Readable;
  readonly restored: Readable;
  readonly gate: GateProof;
}

export function erasureReport({ grid, decision, letter, certificate, ...story }: ErasureStory): string {
  const decided = new Map(decision.map((line) => [line.cell, line.decision === 'keep' ? 'garder' : 'effacer']));
  const { stores, cells, kept, lastBackupLeavesOn } = certificate.certificate;
  const filled = list(stores).filter((one) => Number(one.values) > 0);
  return [
    heading('Grille de décision'),
    table(
      ['Donnée', 'Décision', 'Proposé parce que'],
      grid.map((line) => [String(line.label), decided.get(line.cell) ?? '—', String(line.why)]),
      60,
    ),
    heading('Réponse à l’adhérente'),
    letter.trim(),
    heading('Certificat d’effacement'),
    `${list(cells).length} clés détruites, ${list(kept).length} gardée(s) ; dernière sauvegarde à quitter la rotation : ${String(lastBackupLeavesOn ?? 'aucune')}.`,
    table(
      ['Relu dans', 'Valeurs', 'Effacées', 'Lisibles', 'Illisibles'],
      filled.map((one) => [one.store, one.values, one.erased, one.present, one.unreadable].map(String)),
    ),
    `Relus aussi, et vides : ${list(stores).length - filled.length} autres lieux.`,
    `\n${certificate.verified}\n\nFalsifié : ${certificate.forged}`,
    heading('Ce qui se lit'),
    readable(story),
    `\nAu redémarrage, ${story.gate.destroyedAgain} clés de l’ancienne sauvegarde ont été détruites de nouveau avant toute lecture.`,
  ].join('\n');
}

const heading = (title: string): string => `\n${title}\n${'═'.repeat(title.length)}`;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

function readable({ before, after, restored }: Pick<ErasureStory, 'before' | 'after' | 'restored'>): string {
  const row = (what: string, read: (one: Readable) => string) => [what, read(before), read(after), read(restored)];
  return table(
    ['', 'Avant', 'Après l’effacement', 'Après l’ancienne sauvegarde'],
    [
      row('Nom de l’adhérente', (one) => opened(one.name)),
      row('Problème, 1ʳᵉ intervention', (one) => opened(one.problemFree)),
      row('Problème, 2ᵉ (gelée)', (one) => opened(one.problemHeld)),
      row('Nom d’un autre adhérent', (one) => opened(one.nameOfOther)),
      row('« imprimante » au journal', (one) => `${one.found} trouvée(s)`),
    ],
    34,
  );
}
