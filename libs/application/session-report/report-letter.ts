import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate, frenchMoment } from '#domain/deadlines/french-date.js';
import { type DeviationCode, deviationKind } from '#domain/shared/deviation.js';
import type { Instant } from '#kernel/time.js';
import { heading, type Letter, type LetterBlock, list, text } from '../documents/letter.js';
import { codeWords } from '../member-export/code-words.js';
import type { ReplayedEvent } from '../temoin.js';
import type { ReportFacts, ReportText } from './report-facts.js';

/**
 * The written summary of article 8.2: what article 8.1 lists, deviations in neutral words, what was not observed. States
 * facts and no fault; the same facts and version give the same letter, so that its digest can be compared for ever.
 */
export function reportLetter(facts: ReportFacts, reportVersion: number, time: CivilTime): Letter {
  const of = (...types: readonly string[]) => facts.events.filter(({ type }) => types.includes(type));
  const last = (...types: readonly string[]) => of(...types).at(-1);
  const noted = (event: ReplayedEvent | undefined, field: string) => event && facts.textOf(event, field);
  const moment = (at: unknown) => frenchMoment(at as Instant, time);
  const begun = last('SessionStarted', 'SessionRecordedAfterwards');
  const closed = last('SessionClosed');
  const day =
    begun === undefined ? '' : frenchDate(time.toLocal(begun.data.startedAt as Instant).date, time, { year: true });

  const blocks: LetterBlock[] = [
    text(`Adhérent : ${facts.member.name}, n° ${facts.member.membershipNumber}`),
    text(
      `Référence : ${facts.sessionId}. Version ${reportVersion}, d’après le journal arrêté au ${moment(facts.upTo)}.`,
    ),
    text(
      'Obligation de moyens, et non de résultat (article 2.1). L’adhérent répond de la sauvegarde de ses données (article 2.3).',
    ),
    heading('Date et durée'),
    ...times(begun, closed, moment),
    heading('Problème signalé'),
    text(words(noted(begun, 'problem')) ?? NOTHING),
    heading('État avant'),
    text(condition(facts, last('StateBeforeRecorded'))),
    heading('Diagnostics'),
    ...entries(of('DiagnosisRecorded').map((one) => words(noted(one, 'text')))),
    heading('Actions'),
    ...entries([
      ...of('ActionPerformed', 'OutOfScopeActionPerformed').map((one) => action(facts, one, time)),
      ...of('NoActionStated').map((one) => `Aucune action : ${said(one.data.reason)}.`),
    ]),
    heading('État après'),
    text(condition(facts, last('StateAfterRecorded'))),
    heading('Recommandations'),
    ...entries(recommendations(facts, last('RecommendationsRecorded'))),
    heading('Sauvegarde conseillée'),
    ...entries(
      of('BackupAdviceGiven').map(({ data }) => `Sauvegarde existante, selon l’adhérent : ${said(data.backupStatus)}.`),
    ),
    heading('Accès temporaires'),
    ...entries(
      of('TemporaryCredentialUsed').map(({ data }) => `${capital(said(data.method))}, jamais noté ni conservé.`),
    ),
    heading('Issue'),
    text(closed === undefined ? 'Journal non clos.' : `${capital(said(closed.data.outcome))}.`),
    ...of('SessionInterrupted').map(({ data }) => text(`Arrêt avant la fin : ${said(data.reason)}.`)),
    heading('Écarts constatés'),
    ...entries(
      of('DeviationFlagged', 'OverrunFlagged').map(({ data }) => `${deviationKind(data.code as DeviationCode).text}.`),
    ),
  ];
  const corrected = facts.events.some(({ type }) => type === 'JournalCorrected');
  return {
    title: `Rapport d’intervention${day === '' ? '' : ` du ${day}`}`,
    blocks: corrected
      ? [...blocks, text('« (corrigé) » : l’élément a été corrigé depuis ; les deux écritures sont conservées.')]
      : blocks,
  };
}

const NOTHING = 'Néant.';

function times(
  begun: ReplayedEvent | undefined,
  closed: ReplayedEvent | undefined,
  moment: (at: unknown) => string,
): readonly LetterBlock[] {
  const told = closed ?? begun;
  if (told === undefined) return [text(NOTHING)];
  const { startedAt, endedAt, activeMinutes } = told.data;
  const lines = [
    `Du ${moment(startedAt)} au ${moment(endedAt)}.`,
    `Temps de connexion : ${activeMinutes} minutes, pauses et coupures déduites.`,
  ];
  if (begun?.type === 'SessionRecordedAfterwards')
    lines.push(`Enregistrée après coup, le ${moment(begun.meta.recordedAt)} (${said(begun.data.reason)}).`);
  return [list(lines)];
}

/** « Non constaté » is said with its reason, never left out. */
function condition(facts: ReportFacts, event: ReplayedEvent | undefined): string {
  if (event === undefined) return 'Non constaté.';
  if (event.data.observed === false) return `Non constaté : ${said(event.data.notObservedReason)}.`;
  const late = event.data.late === true ? ' (noté après la première action)' : '';
  return `${words(facts.textOf(event, 'state')) ?? NOTHING}${late}`;
}

function action(facts: ReportFacts, event: ReplayedEvent, time: CivilTime): string {
  const { performedAt, category, riskClass } = event.data;
  const risk = riskClass === 'none' ? '' : `, acte à risque (${said(riskClass)})`;
  const outside = event.type === 'OutOfScopeActionPerformed' ? ', hors du périmètre convenu' : '';
  const { time: clock } = time.toLocal(performedAt as Instant);
  return `${clock.replace(':', ' h ')}, ${said(category)}${risk}${outside} : ${words(facts.textOf(event, 'description')) ?? NOTHING}`;
}

function recommendations(facts: ReportFacts, event: ReplayedEvent | undefined): readonly (string | undefined)[] {
  if (event === undefined || event.data.none === true) return [];
  return (words(facts.textOf(event, 'recommendations')) ?? '').split('\n');
}

const entries = (lines: readonly (string | undefined)[]): readonly LetterBlock[] => {
  const there = lines.filter((line): line is string => line !== undefined && line !== '');
  return [there.length === 0 ? text(NOTHING) : list(there)];
};
const words = (one: ReportText | undefined): string | undefined =>
  one && `${one.text}${one.corrected ? ' (corrigé)' : ''}`;
const said = (code: unknown): string => codeWords[String(code)] ?? String(code);
const capital = (line: string): string => `${line.slice(0, 1).toUpperCase()}${line.slice(1)}`;
