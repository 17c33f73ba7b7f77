import { createHash } from 'node:crypto';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import { session } from '#domain/session/session.js';
import type { IssuedReport } from '#domain/session/state.js';
import { letterText } from '../documents/letter.js';
import type { Temoin } from '../temoin.js';
import { ERASED, reportFacts } from './report-facts.js';
import { reportLetter } from './report-letter.js';
import { reportPage } from './report-page.js';

type Deps = Pick<Temoin, 'stream' | 'reader' | 'eventStore'>;

/** What a report is made from. */
export interface ReportSource {
  readonly asOfRevision: number;
  readonly memberRevision: number;
  readonly reportVersion: number;
}

export interface SessionReport extends ReportSource {
  readonly memberId: string;
  readonly html: string;
  readonly text: string;
  /** SHA-256 of the page in UTF-8. */
  readonly htmlSha256: string;
}

/**
 * Makes a report from the journal as it stood; the same source gives the same page until something in it is erased.
 * @returns undefined when there is no such session
 * @throws ReportUnreadable
 */
export async function makeReport(
  temoin: Deps,
  time: CivilTime,
  sessionId: string,
  source: ReportSource,
): Promise<SessionReport | undefined> {
  const facts = await reportFacts(temoin, sessionId, source);
  if (facts === undefined) return undefined;
  const letter = reportLetter(facts, source.reportVersion, time);
  const html = reportPage(letter);
  const htmlSha256 = createHash('sha256').update(html, 'utf8').digest('hex');
  return { ...source, memberId: facts.memberId, html, text: letterText(letter), htmlSha256 };
}

/**
 * The report to give out now: the last version again where nothing in it has changed, else the next one.
 * @returns undefined when there is no such session
 * @throws ReportUnreadable
 */
export async function reportToIssue(
  temoin: Deps,
  time: CivilTime,
  sessionId: string,
): Promise<SessionReport | undefined> {
  const state = await temoin.reader.state(session, sessionId);
  if (state.memberId === undefined) return undefined;
  const now = {
    asOfRevision: await lastRevision(temoin, `session-${sessionId}`),
    memberRevision: await lastRevision(temoin, `member-${state.memberId}`),
  };
  const last = state.reports.at(-1);
  const version = last?.reportVersion ?? 0;
  const again = last && (await makeReport(temoin, time, sessionId, { ...now, reportVersion: version }));
  if (again?.htmlSha256 === last?.htmlSha256 && again !== undefined) return again;
  return makeReport(temoin, time, sessionId, { ...now, reportVersion: version + 1 });
}

/** A version as it was given out, made again; `proven` when its digest is the one recorded then. */
export type ProvenReport = SessionReport & {
  readonly issued: IssuedReport;
  /** `erased`: something in it was erased since, so that the page cannot be what it was. */
  readonly proof: 'proven' | 'erased' | 'differs';
};

/** @returns undefined when no such version was given out. @throws ReportUnreadable */
export async function issuedReport(
  temoin: Deps,
  time: CivilTime,
  sessionId: string,
  reportVersion: number,
): Promise<ProvenReport | undefined> {
  const { reports } = await temoin.reader.state(session, sessionId);
  const issued = reports.find((one) => one.reportVersion === reportVersion);
  if (issued === undefined) return undefined;
  const made = await makeReport(temoin, time, sessionId, issued);
  if (made === undefined) return undefined;
  if (made.htmlSha256 === issued.htmlSha256) return { ...made, issued, proof: 'proven' };
  return { ...made, issued, proof: made.text.includes(ERASED) ? 'erased' : 'differs' };
}

async function lastRevision({ eventStore }: Deps, stream: string): Promise<number> {
  for await (const { revision } of eventStore.readStream(stream, { direction: 'backwards', limit: 1 })) return revision;
  return -1;
}
