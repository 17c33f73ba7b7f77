import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate, frenchMoment } from '#domain/deadlines/french-date.js';
import { deviationKinds } from '#domain/shared/deviation.js';
import { type Instant, isInstant, isLocalDate, type LocalDate } from '#kernel/time.js';
import { htmlPage, inHtml } from '../documents/letter.js';
import { codeWords } from './code-words.js';
import type { ExportedEvent, ExportedRecord, MemberExport } from './export-data.js';
import { fieldWords } from './field-words.js';

const kinds: Readonly<Record<string, string>> = {
  member: 'Votre fiche',
  request: 'Demande d’appui',
  session: 'Intervention',
  rights: 'Exercice d’un droit',
  complaint: 'Réclamation',
  custody: 'Gels et effacements',
  access: 'Qui a consulté votre dossier',
};
const ORDER = Object.keys(kinds);

const deviationNames = new Map<string, string>(deviationKinds.map(({ code, text }) => [code, text]));

/** The copy for reading and printing, in French: the same things as the JSON but for references of the machinery. */
export function exportHtml(exported: MemberExport, time: CivilTime): string {
  const { about, identity, issuedAt, expiresAt, exportId } = exported;
  const list = (items: readonly string[]) => `<ul>\n${items.map((one) => `<li>${inHtml(one)}</li>`).join('\n')}\n</ul>`;
  const records = [...exported.records].sort((one, other) => place(one) - place(other));
  const identityRows = Object.entries(identity).map(([name, value]) =>
    row(fieldWords[name] ?? name, saidWords(value) ?? shown(value, time)),
  );
  const title = 'Les données que l’association détient sur vous';
  return htmlPage(
    title,
    `<h1>${title}</h1>
<p>Copie établie le ${inHtml(frenchMoment(issuedAt as Instant, time))} (référence ${inHtml(exportId)}), tenue à disposition
jusqu’au ${inHtml(frenchMoment(expiresAt as Instant, time))}.</p>
<p class="note">Les personnes autres que vous sont masquées. Ce qui a été détruit est indiqué comme effacé, avec sa date.</p>
<h2>Votre identité, telle qu’elle sert aujourd’hui</h2>
${table(identityRows)}
<h2>Pourquoi ces données, pour qui, combien de temps</h2>
<h3>Finalités</h3>
${list(about.purposes)}
<h3>Catégories de données</h3>
${list(about.categories)}
<h3>Destinataires</h3>
${list(about.recipients)}
<h3>Durées</h3>
${list(about.periods.map(({ what, howLong }) => `${what} : ${howLong}.`))}
<h3>Source</h3>
<p>${inHtml(about.source)}</p>
<h3>Vos droits</h3>
${list(about.rights)}
${records.map((one) => recordHtml(one, time)).join('\n')}`,
  );
}

const place = ({ kind }: ExportedRecord): number => {
  const index = ORDER.indexOf(kind);
  return index < 0 ? ORDER.length : index;
};

/** Who read the file: a line for each time, the copies issued among them. */
function accessHtml({ events }: ExportedRecord, time: CivilTime): string {
  const cell = (words: string) => `<td>${inHtml(words)}</td>`;
  const lines = events.map(({ title, by, recordedAt, data }) => {
    const what = data.what === undefined ? title : `${title} : ${shown(data.what, time)}`;
    const why = data.purpose === undefined ? '' : shown(data.purpose, time);
    const when = frenchMoment(recordedAt as Instant, time);
    return `<tr>${[when, what, why, by].map(cell).join('')}</tr>`;
  });
  const head = ['Quand', 'Quoi', 'Motif', 'Par'].map((one) => `<th scope="col">${one}</th>`).join('');
  return `<h2>${kinds.access}</h2>\n<table class="lines">\n<tr>${head}</tr>\n${lines.join('\n')}\n</table>`;
}

function recordHtml(record: ExportedRecord, time: CivilTime): string {
  const { kind, reference, events } = record;
  if (kind === 'access') return accessHtml(record, time);
  const since =
    events[0] === undefined ? '' : ` – depuis le ${frenchDate(dayOf(events[0], time), time, { year: true })}`;
  const alone = kind === 'member' || kind === 'custody';
  const heading = `${kinds[kind] ?? kind}${alone ? '' : since}`;
  return `<h2>${inHtml(heading)}</h2>
${alone ? '' : `<p>Référence ${inHtml(reference)}</p>`}
${events.map((one) => eventHtml(one, time)).join('\n')}`;
}

const dayOf = ({ recordedAt }: ExportedEvent, time: CivilTime): LocalDate => time.toLocal(recordedAt as Instant).date;

function eventHtml(event: ExportedEvent, time: CivilTime): string {
  const rows = Object.entries(event.data).flatMap(([name, value]) => {
    const label = fieldWords[name];
    if (label === undefined) return [];
    // what somebody said is shown to the letter, whatever code it may look like
    return [row(label, (event.personal.includes(name) ? saidWords(value) : undefined) ?? shown(value, time))];
  });
  const recorded = `noté le ${frenchMoment(event.recordedAt as Instant, time)} par ${event.by}`;
  const given = event.providedByMember ? ' – fourni par vous' : '';
  return `<section>
<h3>${inHtml(event.title)}</h3>
<p><small>${inHtml(`${recorded}${given}`)}</small></p>
${table(rows)}
</section>`;
}

const table = (rows: readonly string[]): string => (rows.length === 0 ? '' : `<table>\n${rows.join('\n')}\n</table>`);
const row = (label: string, words: string): string =>
  `<tr><th scope="row">${inHtml(label)}</th><td>${inHtml(words).replaceAll('\n', '<br>')}</td></tr>`;

/** A text or a list of texts as they are; undefined for anything else (masked, erased). */
function saidWords(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join('\n') : undefined;
}

/** Any value in French words. */
function shown(value: unknown, time: CivilTime): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textOf(value, time);
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((one) => shown(one, time)).join(' ; ');
  const parts = value as Readonly<Record<string, unknown>>;
  if (parts.masked === 'third-person') return '[masqué : concerne une autre personne]';
  const gone = parts.erased as { readonly at?: unknown } | undefined;
  if (typeof gone?.at === 'string') return `[effacé le ${frenchMoment(gone.at as Instant, time)}]`;
  return Object.entries(parts)
    .map(([name, part]) => `${fieldWords[name] ?? partWords[name] ?? name} : ${shown(part, time)}`)
    .join(', ');
}

/** Parts of nested values. */
const partWords: Readonly<Record<string, string>> = {
  from: 'de',
  to: 'à',
  authorise: 'prise de contrôle autorisée',
  bestEfforts: 'obligation de moyens comprise',
  eightDays: 'huit jours',
};

function textOf(value: string, time: CivilTime): string {
  if (isInstant(value)) return frenchMoment(value, time);
  if (isLocalDate(value)) return frenchDate(value, time, { year: true });
  const rule = /^charter:(.+)$/.exec(value)?.[1];
  return rule === undefined ? (codeWords[value] ?? deviationNames.get(value) ?? value) : `charte, ${rule}`;
}
