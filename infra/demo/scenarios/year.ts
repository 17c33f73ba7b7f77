import { castOf, memberOf, type Person } from '../cast.js';
import type { Json } from '../http-client.js';
import { dayAfter, later, longLived, quiet } from '../long-story.js';
import { publishCharter } from '../publish-charter.js';
import type { Played, Scenario, Stage } from '../stage.js';
import { table } from '../table.js';
import { yearSession } from '../year-session.js';

const SESSIONS = 300;
const MEMBERS = 25;
/** Days of the story: a year, then the one after which nothing of it is left. */
const YEAR = 364;
const GONE = 2 * 366;

interface YearStory {
  readonly sessions: number;
  readonly refusedSlots: number;
  readonly seconds: number;
  readonly rules: readonly Json[];
  readonly neverExercised: number;
  readonly runs: readonly Json[];
  readonly certified: number;
  readonly destructions: number;
}

/** A whole year of sessions with a moved clock: what the charter did, and what the nights took away. */
export const scenario: Scenario = {
  name: 'year',
  about: 'une année d’environ 300 interventions, horloge déplacée : conformité règle par règle, purge, certificats',
  async play(given: Stage): Promise<Played> {
    const began = Date.now();
    const planned = given.sessions ?? SESSIONS;
    const group = Math.min(MEMBERS, planned);
    await given.clockTo('08:45');
    const stage = { ...given, admin: await longLived(given, 'Administrator') };
    stage.chapter('La charte, l’équipe, les adhérents');
    const charterVersionId = await publishCharter(stage);
    const usual = await castOf(stage, charterVersionId);
    const cast = {
      ...usual,
      director: { ...usual.director, api: await longLived(stage, 'Director', usual.director.id) },
      lead: { ...usual.lead, api: await longLived(stage, 'SupportLead', usual.lead.id) },
      technician: { ...usual.technician, api: await longLived(stage, 'Technician', usual.technician.id) },
    };
    const quietStage = { ...stage, done: () => undefined };
    const members: Person[] = [];
    for (let n = 1; n <= group; n += 1)
      members.push(await memberOf(quietStage, cast.lead, `Adhérent ${n}`, `AN-${n}`, '06 39 98 00 00'));
    stage.done(`${group} adhérents`);

    stage.chapter('Une année');
    let sessions = 0;
    let refusedSlots = 0;
    for (const { day, hour, n } of slots(stage, planned)) {
      const member = members[n % group];
      if (member === undefined) continue;
      const minutes = n % 25 === 0 ? 70 : 20 + (n % 30);
      const played = { member, day, hour, minutes, risky: n % 40 === 0, charterVersionId };
      const sessionId = await yearSession(stage.admin, cast, played);
      if (sessionId === undefined) refusedSlots += 1;
      else sessions += 1;
      if (n % 60 === 59) stage.done(`${sessions} interventions, jusqu’au ${day}`);
    }
    stage.done(`${refusedSlots} rendez-vous refusés : jours fériés`);

    stage.chapter('Une année encore : la nuit emporte tout');
    await later(stage, GONE, '04:00');
    const { api } = cast.director;
    await quiet(api);
    const rules = await api.get('/compliance/rules');
    const runs = (await api.get('/retention/runs')).items as readonly Json[];
    const destructions = await certifiedOf(stage, api);
    const story: YearStory = {
      sessions,
      refusedSlots,
      seconds: Math.round((Date.now() - began) / 1000),
      rules: rules.items as readonly Json[],
      neverExercised: Number(rules.neverExercised),
      runs: runs.filter(({ due }) => Number(due) > 0),
      ...destructions,
    };
    return { document: story, text: () => report(story) };
  },
};

/** Weekdays spread over the year; several on one day follow each other. */
function* slots(
  stage: Stage,
  planned: number,
): Generator<{ readonly day: string; readonly hour: number; readonly n: number }> {
  let before = '';
  let onDay = 0;
  for (let n = 0; n < planned; n += 1) {
    const day = weekday(stage, Math.floor((n * YEAR) / planned));
    onDay = day === before ? onDay + 1 : 0;
    before = day;
    if (onDay < 4) yield { day, hour: 9 + 2 * onDay, n };
  }
}

function weekday(stage: Stage, days: number): string {
  for (let more = 0; more < 3; more += 1) {
    const day = dayAfter(stage, days + more);
    const index = new Date(`${day}T12:00:00Z`).getUTCDay();
    if (index !== 0 && index !== 6) return day;
  }
  return dayAfter(stage, days);
}

/** Certificates follow the destruction; they are waited for. */
async function certifiedOf(stage: Stage, api: Stage['admin']) {
  for (let tries = 0; ; tries += 1) {
    const all: Json[] = [];
    let next: unknown = '';
    do {
      const page = await api.get(
        `/destructions?limit=200${next === '' ? '' : `&cursor=${encodeURIComponent(String(next))}`}`,
      );
      all.push(...(page.items as readonly Json[]));
      next = page.next;
    } while (next !== undefined);
    const certified = all.filter(({ status }) => status === 'certified').length;
    if (certified === all.length || tries > 600) {
      stage.done(`${certified} certificats pour ${all.length} destructions`);
      return { certified, destructions: all.length };
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

function report({ rules, runs, ...story }: YearStory): string {
  const total = (field: string) => runs.reduce((sum, one) => sum + Number(one[field]), 0);
  return [
    `\n${story.sessions} interventions, ${story.refusedSlots} rendez-vous refusés, joués en ${story.seconds} s.`,
    heading('Conformité, règle par règle'),
    table(
      ['Article', 'Règle', 'Appliquée', 'Tenue', 'Refusée à temps', 'Enfreinte', 'À commenter'],
      rules
        .filter(({ exercised }) => exercised === true)
        .map(({ row, text, figures }) => [
          String(row),
          String(text),
          ...['applied', 'kept', 'refused', 'broken', 'open'].map((field) => String((figures as Json)[field])),
        ]),
      50,
    ),
    `\nJamais exercées sur cette période : ${story.neverExercised} règles.`,
    heading('Fin de conservation'),
    `${runs.length} nuits où quelque chose est arrivé à échéance : ${total('destroyed')} détruits, ${total('held')} gelés, ${total('failed')} en échec.`,
    `${story.certified} certificats signés pour ${story.destructions} destructions.`,
  ].join('\n');
}

const heading = (title: string): string => `\n${title}\n${'═'.repeat(title.length)}`;
