import { keyOf, type Line, pointsOf } from './lines.js';
import type { Phase, Recommendation } from './structure.js';

/** What each of the four statements of the form is about, in the order of the rules F.1 to F.4. */
export const statementSubjects = [
  { source: 'form.1', about: 'la sauvegarde', matches: /sauvegard/ },
  { source: 'form.2', about: 'l’autorisation de prise de contrôle', matches: /autoris/ },
  {
    source: 'form.3',
    about: 'l’obligation de moyens',
    matches: /obligation de moyens|\bmoyens\b|sans garantie|de son mieux/,
  },
  { source: 'form.4', about: 'la contestation de la qualité', matches: /contest|reclam/ },
] as const;

/** The statement about each subject, when there is one; then the statements about anything else. */
export function sortStatements(statements: readonly string[]): {
  readonly found: readonly (string | undefined)[];
  readonly others: readonly string[];
} {
  const left = [...statements];
  const found = statementSubjects.map(({ matches }) => {
    const index = left.findIndex((statement) => matches.test(keyOf(statement)));
    return index < 0 ? undefined : left.splice(index, 1)[0];
  });
  return { found, others: left };
}

/** Statements of the form: what has a box to tick or, without boxes, the points after « Je reconnais ». */
export function readStatements(lines: readonly Line[]): readonly string[] {
  const end = lines.findIndex(
    (line) => /^(?:fait a|date|nom|signature)\b/.test(line.key) && !line.checkbox && !line.bullet,
  );
  const all = end < 0 ? lines : lines.slice(0, end);
  const start = all.findIndex((line) => line.checkbox || /^je (?:reconnais|declare)\b.*:$/.test(line.key));
  const region = start < 0 ? all : all.slice(all[start]?.checkbox ? start : start + 1);
  const boxed = region.some((line) => line.checkbox);
  const points = pointsOf(boxed ? region.map((line) => ({ ...line, bullet: false })) : region);
  const { found, others } = sortStatements(points);
  return [...found.filter((statement) => statement !== undefined), ...others];
}

const phases: readonly (readonly [Phase, RegExp])[] = [
  ['before', /^(?:\d[.)] ?)?avant\b/],
  ['during', /^(?:\d[.)] ?)?(?:pendant|durant|au cours)\b/],
  ['after', /^(?:\d[.)] ?)?apres\b/],
];

/** Recommendations of the annex by phase; a phase opens with a line that is no point of a list. */
export function readAnnex(lines: readonly Line[]): readonly Recommendation[] {
  const parts: { phase: Phase; lines: Line[] }[] = [];
  for (const line of lines) {
    const opened = line.bullet || line.key.length > 60 ? undefined : phases.find(([, opens]) => opens.test(line.key));
    if (opened && /:$|intervention$/.test(line.key)) parts.push({ phase: opened[0], lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts.flatMap(({ phase, lines: part }) => pointsOf(part).map((text) => ({ phase, text })));
}
