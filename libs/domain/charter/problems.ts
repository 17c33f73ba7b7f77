import type { ProposedParameter } from './evidence.js';
import { sortStatements, statementSubjects } from './form-and-annex.js';
import { keyOf } from './lines.js';
import type { ParameterName } from './parameters.js';
import { articleOf } from './readings.js';
import { type RuleId, rules } from './rules.js';
import type { CharterStructure, Phase } from './structure.js';

export type CharterProblemKind =
  | 'parameter-missing'
  | 'parameter-conflict'
  | 'preamble-missing'
  | 'article-missing'
  | 'article-empty'
  | 'article-duplicate'
  | 'statement-missing'
  | 'statement-unexpected'
  | 'recommendation-missing';

/** Something that the rules need and the text lacks, or says in two ways. */
export interface CharterProblem {
  /** `<kind>:<name>`: what a publisher accepts. */
  readonly id: string;
  readonly kind: CharterProblemKind;
  /** A parameter, an article's number, a statement (`form.2`) or a phase (`annex.before`). */
  readonly name: string;
  /** French; quotes nothing of the text. */
  readonly text: string;
  /** The words of the charter that disagree, with their place: `« 8 jours » (article 9.1)`. */
  readonly words: readonly string[];
  /** Rules that stand on it. */
  readonly rules: readonly RuleId[];
}

const parameterWords: Readonly<Record<ParameterName, string>> = {
  sessionMinutes: 'la durée d’une intervention',
  openingDays: 'les jours d’ouverture',
  opensAt: 'l’heure d’ouverture',
  closesAt: 'l’heure de fermeture',
  complaintWindowDays: 'le délai de réclamation',
  outerLimitMonths: 'le délai maximal de formalisation',
  journalRetentionMonths: 'la durée de conservation du journal',
  amendmentChannels: 'les moyens d’annoncer une modification',
};

/** Everything wrong with a text, in a fixed order; empty when every rule of the software finds what it needs. */
export function findProblems(
  structure: CharterStructure,
  parameters: readonly ProposedParameter[],
): readonly CharterProblem[] {
  return [
    ...parameters.flatMap(parameterProblem),
    ...preambleProblem(structure),
    ...articleProblems(structure),
    ...statementProblems(structure),
    ...annexProblems(structure),
  ];
}

const problem = (
  kind: CharterProblemKind,
  name: string,
  text: string,
  affected: readonly RuleId[],
  words: readonly string[] = [],
): CharterProblem => ({ id: `${kind}:${name}`, kind, name, text, words, rules: affected });

const rulesOf = (matches: (source: string) => boolean): readonly RuleId[] =>
  rules.filter((rule) => matches(rule.source)).map((rule) => rule.id);

function parameterProblem({ name, value, evidence }: ProposedParameter): readonly CharterProblem[] {
  if (value !== undefined) return [];
  const article = articleOf(name);
  const affected = rulesOf((source) => source === article);
  if (evidence.length === 0)
    return [
      problem('parameter-missing', name, `Introuvable : ${parameterWords[name]} (article ${article}).`, affected),
    ];
  const places = evidence.map(({ words, where }) => `« ${words} » (${placeName(where)})`);
  const where = [...new Set(evidence.map((one) => placeName(one.where)))].join(', ');
  const text = `Valeurs qui se contredisent pour ${parameterWords[name]} (${where}).`;
  return [problem('parameter-conflict', name, text, affected, [...new Set(places)])];
}

function placeName(where: string): string {
  if (where === 'preamble') return 'préambule';
  if (where === 'annex') return 'annexe';
  return where.startsWith('form') ? 'formulaire' : `article ${where}`;
}

function preambleProblem({ preamble }: CharterStructure): readonly CharterProblem[] {
  if (preamble !== '') return [];
  const affected = rulesOf((source) => source === 'preamble');
  return [problem('preamble-missing', 'preamble', 'Le préambule est introuvable.', affected)];
}

function articleProblems({ articles }: CharterStructure): readonly CharterProblem[] {
  const wanted = [...new Set(rules.map((rule) => rule.source).filter((source) => /^\d/.test(source)))];
  const absent = wanted.flatMap((number) => {
    const found = articles.filter((article) => article.number === number || article.number.startsWith(`${number}.`));
    const affected = rulesOf((source) => source === number);
    if (found.length === 0)
      return [problem('article-missing', number, `L’article ${number} est introuvable.`, affected)];
    if (found.every(({ text }) => keyOf(text) === ''))
      return [problem('article-empty', number, `L’article ${number} est vide.`, affected)];
    return [];
  });
  const numbers = articles.map(({ number }) => number);
  const twice = [...new Set(numbers.filter((number, index) => numbers.indexOf(number) !== index))];
  const duplicates = twice.map((number) =>
    problem(
      'article-duplicate',
      number,
      `L’article ${number} figure plusieurs fois.`,
      rulesOf((s) => s === number),
    ),
  );
  return [...absent, ...duplicates];
}

function statementProblems({ statements }: CharterStructure): readonly CharterProblem[] {
  const { found, others } = sortStatements(statements);
  const missing = statementSubjects.flatMap(({ source, about }, index) =>
    found[index] === undefined
      ? [
          problem(
            'statement-missing',
            source,
            `Le formulaire ne dit rien sur ${about}.`,
            rulesOf((s) => s === source),
          ),
        ]
      : [],
  );
  if (others.length === 0) return missing;
  const text = `Le formulaire porte ${others.length} déclaration(s) de plus que les quatre attendues.`;
  return [
    ...missing,
    problem(
      'statement-unexpected',
      'form',
      text,
      rulesOf((source) => source === 'form'),
    ),
  ];
}

const phaseWords: Readonly<Record<Phase, string>> = { before: 'avant', during: 'pendant', after: 'après' };

/** Three recommendations are expected for each phase; more do no harm. */
function annexProblems({ recommendations }: CharterStructure): readonly CharterProblem[] {
  return (Object.keys(phaseWords) as Phase[]).flatMap((phase) => {
    const count = recommendations.filter((one) => one.phase === phase).length;
    if (count >= 3) return [];
    const name = `annex.${phase}`;
    const text = `L’annexe donne ${count} recommandation(s) « ${phaseWords[phase]} », trois sont attendues.`;
    return [
      problem(
        'recommendation-missing',
        name,
        text,
        rulesOf((source) => source === name),
      ),
    ];
  });
}
