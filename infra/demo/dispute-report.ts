import type { Json } from './http-client.js';
import { opened } from './report.js';
import { table } from './table.js';

/** What the story of a dispute leaves behind. */
export interface DisputeStory {
  /** Every clock of the complaint, as it stood when it was filed and when it was closed. */
  readonly clocksAtFiling: readonly Json[];
  readonly clocksAtClosing: readonly Json[];
  /** What was due, over the whole association, on the day of the filing. */
  readonly deadlines: readonly Json[];
  readonly holds: readonly Json[];
  readonly grid: readonly Json[];
  readonly toRelease: readonly Json[];
  /** Runs of retention in which something left. */
  readonly runs: readonly Json[];
  /** The problem of the disputed session: while the dispute went on, and in the end. */
  readonly problemHeld: unknown;
  readonly problemAfter: unknown;
  readonly complaintAfter: unknown;
  /** Of the session that nobody complained of: erased on request, in the middle of the dispute. */
  readonly problemOfOther: unknown;
  /** Rules of the charter that were broken or refused in time. */
  readonly rules: readonly Json[];
}

const standings: Readonly<Record<string, string>> = {
  kept: 'tenu',
  late: 'hors délai',
  running: 'court',
  overdue: 'en retard',
  stopped: 'arrêté',
};

export function disputeReport(story: DisputeStory): string {
  return [
    heading('Délais de la réclamation, le jour de son dépôt'),
    clocks(story.clocksAtFiling),
    heading('Échéances de toute l’association ce jour-là'),
    table(
      ['Échéance', 'Qui', 'Dernier jour', 'Urgence', 'Calcul'],
      story.deadlines.map((one) =>
        ['name', 'owner', 'lastDay', 'urgency', 'derivation'].map((field) => String(one[field])),
      ),
      50,
    ),
    heading('Ce qui est gelé'),
    table(
      ['Gel', 'Données', 'Trop tard', 'Revu le'],
      story.holds.map((one) => [
        String(one.holdId),
        list(one.cells),
        list(one.tooLate) || 'rien',
        String(one.reviewOn),
      ]),
      50,
    ),
    heading('Demande d’effacement au milieu du litige'),
    table(
      ['Donnée', 'Sort', 'Pourquoi'],
      story.grid.map((one) => [
        String(one.label),
        (one.suggestion as Json).decision === 'keep' ? 'gardée' : 'effacée',
        String(one.why),
      ]),
      60,
    ),
    heading('Délais à la clôture'),
    clocks(story.clocksAtClosing),
    `\nLevée proposée au Directeur, jamais faite d’elle-même : ${story.toRelease.length} gel(s).`,
    heading('Fin de conservation'),
    table(
      ['Nuit', 'À échéance', 'Détruit', 'Gelé'],
      story.runs.map((one) => ['day', 'due', 'destroyed', 'held'].map((field) => String(one[field]))),
    ),
    `\nProblème signalé, pendant le litige : ${opened(story.problemHeld)}`,
    `Problème signalé, à la fin : ${opened(story.problemAfter)}`,
    `Problème de l’autre intervention, non contestée : ${opened(story.problemOfOther)}`,
    `Faits de la réclamation, à la fin : ${opened(story.complaintAfter)}`,
    heading('Règles de la charte enfreintes, ou refusées à temps'),
    table(
      ['Article', 'Règle', 'Appliquée', 'Refusée à temps', 'Enfreinte'],
      story.rules.map(({ row, text, figures }) => {
        const counts = figures as Json;
        return [String(row), String(text), ...['applied', 'refused', 'broken'].map((field) => String(counts[field]))];
      }),
      60,
    ),
  ].join('\n');
}

const clocks = (lines: readonly Json[]): string =>
  table(
    ['Délai', 'Dernier jour', 'État', 'Calcul'],
    lines.map((one) => [
      String(one.name),
      String(one.lastDay),
      standings[String(one.standing)] ?? String(one.standing),
      String(one.derivation),
    ]),
    60,
  );

const list = (value: unknown): string =>
  Array.isArray(value) ? value.map((cell) => String(cell).replace(/^[^/]+\//, '')).join(' ') : '';
const heading = (title: string): string => `\n${title}\n${'═'.repeat(title.length)}`;
