import type { CivilTime } from '#domain/calendar/civil-time.js';
import { charter } from '#domain/charter/charter.js';
import { findVersion, versionInForce } from '#domain/charter/state.js';
import { complaint } from '#domain/complaint/complaint.js';
import type { LetterTemplate } from '#domain/letter/codes.js';
import type { PrepareLetter } from '#domain/letter/commands.js';
import type { Instant } from '#kernel/time.js';
import { recordsOf, standingOf } from '#views/association-records.js';
import { type CharterDocument, chartersView, getCharter } from '#views/charters.js';
import { coverOn } from '#views/insurance-cover.js';
import type { CaseSubject } from '#views/process-case.js';
import { openWithin } from '#views/query.js';
import { rightsDocument } from '#views/rights-queries.js';
import type { Letter } from '../documents/letter.js';
import type { ReplayedEvent } from '../replay-stream.js';
import { answerTo, decisionMade, extensionNotice } from '../rights/answer.js';
import type { Temoin } from '../temoin.js';
import { contentOf } from './letter-content.js';
import { type LetterFacts, LetterUnreadable } from './letter-facts.js';
import { RIGHTS_VERSION, templates } from './templates.js';

export interface LetterDeps {
  readonly temoin: Pick<Temoin, 'stream' | 'reader' | 'viewStore' | 'opener' | 'clock'>;
  readonly time: CivilTime;
}

/** A letter ready to be prepared, but for its id. */
export type Composed = Omit<PrepareLetter, 'type' | 'letterId' | 'memberId' | 'causeId'>;

/**
 * Writes a letter from the event that asked for it.
 * @returns undefined when there is nothing to write from
 * @throws LetterUnreadable when something in it cannot be read now
 */
export async function composeLetter(
  deps: LetterDeps,
  template: LetterTemplate,
  about: CaseSubject,
): Promise<Composed | undefined> {
  if (template === 'rights-answer' || template === 'rights-extension') return ofRights(deps, template, about);
  const event = await eventOf(deps, about);
  if (event === undefined) return undefined;
  const { version, subject, write } = templates[template];
  const letter = write({ ...(await around(deps)), ...(await ofComplaint(deps, about)), event });
  return { template, templateVersion: version, subject, ...references(about), content: contentOf(letter) };
}

/** The same words for every member: written once for each version of the charter. */
export async function composeCharterChange(deps: LetterDeps, charterVersionId: string): Promise<Composed | undefined> {
  const published = await getCharter({ viewStore: deps.temoin.viewStore }, charterVersionId);
  if (published === undefined) return undefined;
  const { version, subject, write } = templates['charter-change'];
  const letter = write({ ...(await around(deps)), mediation: undefined, insurance: [], event: asEvent(published) });
  return {
    template: 'charter-change',
    templateVersion: version,
    subject,
    charterVersionId,
    content: contentOf(letter),
  };
}

const asEvent = (published: CharterDocument) =>
  ({ type: 'CharterPublished', data: { ...published } }) as unknown as ReplayedEvent;

async function ofRights(
  { temoin, time }: LetterDeps,
  template: 'rights-answer' | 'rights-extension',
  { rightsId }: CaseSubject,
): Promise<Composed | undefined> {
  const { viewStore, opener, clock } = temoin;
  const one = rightsId === undefined ? undefined : await rightsDocument({ viewStore }, rightsId);
  if (one === undefined || rightsId === undefined) return undefined;
  const deps = { viewStore, opener, time, today: time.toLocal(clock.now()).date };
  let letter: Letter | undefined;
  let enclosed = false;
  if (template === 'rights-extension') letter = (await extensionNotice(deps, one))?.letter;
  else {
    const decided = await decisionMade(deps, one);
    letter = decided && (await answerTo(deps, one, decided)).letter;
    // the copy itself is made and put in by a person who has read it
    enclosed = (one.kind === 'access' || one.kind === 'portability') && decided?.decision !== 'refused';
  }
  if (letter === undefined) return undefined;
  if (JSON.stringify(letter).includes(UNREADABLE)) throw new LetterUnreadable('a reason does not open');
  // the first paragraph is the addressee: it is added when the letter leaves
  const content = contentOf({
    title: letter.title,
    blocks: letter.blocks.slice(1),
    ...(enclosed ? { enclosed } : {}),
  });
  return { template, templateVersion: RIGHTS_VERSION, subject: 'rights', rightsId, content };
}

const UNREADABLE = '[illisible pour l’instant]';

async function eventOf({ temoin }: LetterDeps, { stream, revision }: CaseSubject): Promise<ReplayedEvent | undefined> {
  if (stream === undefined || revision === undefined) return undefined;
  for await (const one of temoin.stream(stream, { from: revision, limit: 1, open: true })) return one;
  return undefined;
}

async function around({ temoin, time }: LetterDeps): Promise<Omit<LetterFacts, 'event' | keyof OfComplaint>> {
  const known = await temoin.reader.state(charter, 'association');
  const inForce = versionInForce(known, time.toLocal(temoin.clock.now()).date) ?? known.versions.at(-1);
  const version = inForce && findVersion(known, inForce.charterVersionId);
  const published =
    version === undefined
      ? undefined
      : ((await temoin.viewStore.get(chartersView.schema, 'versions', version.charterVersionId)) as
          | CharterDocument
          | undefined);
  const articles = new Map((published?.articles ?? []).map(({ number, title, text }) => [number, `${title}\n${text}`]));
  return {
    time,
    mediator: await mediatorOn({ temoin, time }),
    charter: version,
    article: (number) => articles.get(number),
  };
}

function references({ sessionId, requestId, complaintId, rightsId }: CaseSubject) {
  return Object.fromEntries(
    Object.entries({ sessionId, requestId, complaintId, rightsId }).filter(([, id]) => id !== undefined),
  );
}

type OfComplaint = Pick<LetterFacts, 'mediation' | 'insurance'>;

/** What a complaint was told of the mediator, and the policies of the days that it is about. */
async function ofComplaint({ temoin, time }: LetterDeps, { complaintId }: CaseSubject): Promise<OfComplaint> {
  const found = complaintId === undefined ? undefined : await temoin.reader.state(complaint, complaintId);
  if (found === undefined) return { mediation: undefined, insurance: [] };
  const { toBeWritten, mediatorFrom: from, mediatorUntil: until, endings } = found;
  const dayOf = (at: Instant) => time.toLocal(at).date;
  const days = endings.map(({ sessionId, endedAt }) => ({ sessionId, day: dayOf(endedAt) }));
  return {
    mediation: toBeWritten || until !== undefined ? { toBeWritten, from, until } : undefined,
    insurance: await coverOn(temoin, [...days, { day: dayOf(temoin.clock.now()) }]),
  };
}

/** The mediator's name and contact, of the record that holds today. @throws LetterUnreadable */
async function mediatorOn({ temoin, time }: LetterDeps): Promise<string | undefined> {
  const today = time.toLocal(temoin.clock.now()).date;
  const records = await recordsOf({ viewStore: temoin.viewStore }, 'mediator');
  const current = records.find((one) => standingOf(one, today) === 'current');
  if (current === undefined) return undefined;
  const opened = Object.values(await openWithin(temoin.opener, current.texts));
  if (opened.some(({ state }) => state === 'unreadable')) throw new LetterUnreadable('the mediator does not open');
  const told = opened.flatMap((one) => (one.state === 'present' ? [one.value] : []));
  return told.length === 0 ? undefined : told.join('\n');
}
