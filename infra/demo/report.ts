import type { Json } from './http-client.js';
import { label, parameterValue } from './labels.js';
import { shown } from './paris.js';
import type { Outcome, StreamEvent } from './stage.js';
import { table } from './table.js';

/** What the demonstration prints at its end, for people. */
export function report({ charter, journal, compliance, stream }: Outcome): string {
  return [
    heading('Charte'),
    charterLines(charter),
    heading('Journal (article 8.1)'),
    journalTable(journal, deviationNames(compliance)),
    ...journal.map((one) => entryLines(one, deviationNames(compliance))),
    heading('Conformité : écarts par article'),
    complianceTable(compliance),
    heading('Flux rejoué, dans l’ordre'),
    streamTable(stream),
  ].join('\n');
}

const heading = (title: string): string => `\n${title}\n${'═'.repeat(title.length)}`;
const text = (value: unknown): string => (value === undefined || value === null ? '—' : String(value));
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const inside = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (found, name) => (typeof found === 'object' && found !== null ? (found as Json)[name] : undefined),
    value,
  );

/** Present, erased and unreadable never look alike. */
export function opened(value: unknown): string {
  const state = inside(value, 'state');
  if (state === 'present') {
    const content = inside(value, 'value');
    return Array.isArray(content) ? content.join(' · ') : text(content);
  }
  if (state === 'erased') return `[effacé le ${shown(inside(value, 'erasedAt'))}]`;
  return state === undefined ? '—' : `[illisible : ${text(inside(value, 'fault'))}]`;
}

function charterLines(charter: Json): string {
  const parameters = Object.entries((charter.parameters ?? {}) as Json).map(([name, value]) => [
    label('parameter', name),
    parameterValue(name, value),
  ]);
  const known = [
    ['version', text(charter.charterVersionId)],
    ['en vigueur le', text(charter.effectiveFrom)],
    ['empreinte SHA-256', text(charter.textSha256)],
    ['articles', String(list(charter.articles).length)],
  ];
  return table(['Charte', ''], [...known, ...parameters], 70);
}

/** French names of deviations, as the compliance view gives them. */
type Names = ReadonlyMap<unknown, string>;
const deviationNames = (compliance: Json): Names =>
  new Map(list(compliance.rows).map((row) => [row.code, text(row.text)]));

const journalTable = (journal: readonly Json[], names: Names): string =>
  table(
    ['Intervention', 'Début', 'Min.', 'Adhérent·e', 'Statut', 'Issue', 'Actes', 'Écarts', 'Lisible jusqu’au'],
    journal.map((one) => [
      shortened(one.sessionId),
      shown(one.startedAt),
      text(one.activeMinutes),
      opened(inside(one, 'member', 'name')),
      label('status', one.status),
      label('outcome', one.outcome),
      text(one.actions),
      (one.deviations as readonly string[] | undefined)?.map((code) => names.get(code) ?? code).join(' ; ') || '—',
      text(inside(one, 'retention', 'lastConsultableDay')),
    ]),
    24,
  );

function entryLines(one: Json, names: Names): string {
  const session = inside(one, 'entry', 'session');
  const rows: string[][] = [
    ['Problème', opened(inside(session, 'problem', 'problem'))],
    ['Consentement', consentOf(one)],
    ['État avant', stateOf(inside(session, 'stateBefore'))],
    ...list(inside(session, 'diagnoses')).map((note) => ['Diagnostic', opened(note.text)]),
    ...list(inside(session, 'actions')).map((action) => [
      `Action ${shown(action.performedAt).slice(-5)}`,
      `${opened(action.description)}${action.outOfScope ? ' [hors périmètre]' : ''}${action.riskClass === 'none' ? '' : ` [acte à risque : ${label('risk', action.riskClass)}]`}`,
    ]),
    ...(inside(session, 'interruption')
      ? [['Interruption', label('interruption', inside(session, 'interruption', 'reason'))]]
      : []),
    ['État après', stateOf(inside(session, 'stateAfter'))],
    [
      'Préconisations',
      inside(session, 'recommendations', 'none')
        ? 'aucune'
        : opened(inside(session, 'recommendations', 'recommendations')),
    ],
    ...list(inside(session, 'deviationDetails')).map((deviation) => [
      'Écart',
      `${names.get(deviation.code) ?? text(deviation.code)} — ${text(deviation.rule)}${deviation.comment ? ` — ${opened(deviation.comment)}` : ''}`,
    ]),
  ];
  return `\n${table([`Intervention ${shortened(one.sessionId)}`, ''], rows, 84)}`;
}

function consentOf(one: Json): string {
  const consent = inside(one, 'entry', 'consent');
  if (!consent)
    return `aucun au registre (noté : ${label('consentOfSession', inside(one, 'entry', 'session', 'consent'))})`;
  return `${label('mode', inside(consent, 'mode'))} (${label('consent', inside(consent, 'state'))})`;
}

const stateOf = (state: unknown): string =>
  state === undefined || state === null
    ? '—'
    : inside(state, 'observed')
      ? opened(inside(state, 'state'))
      : `non constaté (${label('notObserved', inside(state, 'notObservedReason'))})`;

/** Enough of an opaque reference to tell two apart in a table. */
const shortened = (id: unknown): string => {
  const [request = '', number] = text(id).split('.');
  return `…${request.slice(-6)}${number === undefined ? '' : `.${number}`}`;
};

function complianceTable(compliance: Json): string {
  const rows = list(compliance.rows).filter((row) => Number(row.total) > 0);
  const total = `${text(compliance.total)} écart(s), ${text(compliance.open)} à commenter`;
  if (rows.length === 0) return total;
  const lines = rows.map((row) => [
    text(row.article),
    text(row.text),
    row.serious ? 'grave' : '',
    text(row.total),
    text(row.open),
    text(row.ruleText),
  ]);
  return `${table(['Article', 'Écart', '', 'Total', 'À commenter', 'Règle'], lines, 52)}\n${total}`;
}

const streamTable = (stream: readonly StreamEvent[]): string =>
  table(
    ['Rév.', 'Événement', 'v', 'Enregistré'],
    stream.map((event) => [String(event.revision), event.type, String(event.version), shown(event.recordedAt)]),
  );
