import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchMoment } from '#domain/deadlines/french-date.js';
import type { Instant } from '#kernel/time.js';
import { type Figure, type RuleComplianceAnswer, type RuleRow, SMALL } from '#views/rule-compliance.js';
import { heading, list, text } from '../documents/letter.js';
import { type Paper, paper } from './paper.js';

/** A year of the charter in figures: counts alone, without a way back to a person; small ones as the answer shows them. */
export function annualStatistics(
  { items }: RuleComplianceAnswer,
  { year, at, small }: { readonly year: number; readonly at: Instant; readonly small: boolean },
  time: CivilTime,
): Paper {
  const exercised = items.filter((one) => one.exercised);
  const never = items.filter((one) => !one.exercised).map(({ row }) => row);
  return paper('annual-statistics', {
    title: `Statistiques de l’année ${year}`,
    blocks: [
      text(`Chiffres arrêtés au ${frenchMoment(at, time)}. Ils comptent des faits et ne nomment personne.`),
      ...(small
        ? [text('Exemplaire du Directeur : les petits nombres y figurent. Ne le diffusez pas tel quel.')]
        : [text(`Un nombre de moins de ${SMALL} n’est pas montré, ni le total dont on le déduirait.`)]),
      heading('Règles appliquées'),
      exercised.length === 0 ? text('Aucune règle n’a été appliquée.') : list(exercised.map(lineOf)),
      heading('Règles jamais exercées'),
      text(never.length === 0 ? 'Aucune.' : `${never.join(', ')}. Une règle jamais exercée n’est pas une règle tenue.`),
    ],
  });
}

function lineOf({ row, text: words, figures }: RuleRow): string {
  const { applied, kept, refused, broken, open } = figures;
  const counts = [
    `appliquée : ${told(applied)}`,
    `respectée : ${told(kept)}`,
    `refusée à temps : ${told(refused)}`,
    `écarts : ${told(broken)}`,
    `écarts à commenter : ${told(open)}`,
  ];
  return `${row}. ${words} ${counts.join(' ; ')}.`;
}

const told = (figure: Figure): string => (figure === null ? 'non montré' : String(figure));
