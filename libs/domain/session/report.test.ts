import { event } from '#kernel/define-event.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { sessionFacts } from '#testing/service-desk.js';
import { SessionClosed } from './events-course.js';
import { ReportIssued, ReportRequested } from './events-report.js';
import { session } from './session.js';
import * as story from './session-story.fixture.js';

const now = '2026-06-02T09:00:00.000Z' as Instant;
const facts = (at: Instant = now) => ({ ...sessionFacts('2026-06-02 11:00'), now: at });
const closed = event(SessionClosed, {
  ...story.who,
  startedAt: story.clock('10:00'),
  endedAt: story.clock('10:40'),
  segments: [],
  activeMinutes: 40,
  outcome: 'resolved',
  closedAt: story.clock('10:50'),
});
const ask = { type: 'RequestReport', sessionId: 'r1.1', channel: 'phone' } as const;
const issue = {
  type: 'IssueReport',
  sessionId: 'r1.1',
  reportId: 'p1',
  asOfRevision: 7,
  memberRevision: 0,
  htmlSha256: 'a'.repeat(64),
  channel: 'email',
} as const;
const asked = event(ReportRequested, { ...story.who, at: now, channel: 'phone', dueOn: '2026-06-02' as LocalDate });
const issued = (more: object = {}) =>
  event(ReportIssued, {
    ...story.who,
    reportId: 'p1',
    reportVersion: 1,
    asOfRevision: 7,
    memberRevision: 0,
    htmlSha256: 'a'.repeat(64),
    channel: 'email',
    issuedAt: now,
    late: false,
    ...more,
  });
const past = [...story.complete, closed];

describe('the summary of article 8.2', () => {
  it('asked for is due that day; asked again before its answer it is the same request [charter:8.2]', () => {
    given(session, ...past)
      .when(ask, facts())
      .then([asked]);
    given(session, ...past, asked)
      .when(ask, facts())
      .then([]);
    given(session, story.consented, story.started).when(ask, facts()).then({ code: 'report-before-end' });
  });

  it('is given out once the journal is complete, with what proves it [charter:8.2] [charter:8.1a]', () => {
    given(session, ...past)
      .when(issue, facts())
      .then([issued()]);
    given(session, ...past, asked)
      .when(issue, facts())
      .then([issued({ requestedAt: now })]);
    given(session, ...story.complete)
      .when(issue, facts())
      .then({ code: 'report-journal-open' });
  });

  it('given out after the day is told as late and flagged, never refused [charter:8.2]', () => {
    const tomorrow = '2026-06-02T22:00:00.000Z' as Instant;
    const { answer } = given(session, ...past, asked).when(issue, facts(tomorrow));
    expect(answer).toMatchObject([{ data: { late: true } }, { data: { code: 'report-late', rule: 'charter:8.2' } }]);
    const inTime = '2026-06-02T21:59:59.999Z' as Instant;
    expect(given(session, ...past, asked).when(issue, facts(inTime)).answer).toHaveLength(1);
  });

  it('is the next version after a correction, the same one where nothing changed, and version 1 stays [charter:8.2]', () => {
    const again = { ...issue, reportId: 'p2' };
    given(session, ...past, issued())
      .when(again, facts())
      .then([]);
    given(session, ...past, issued())
      .when(issue, facts())
      .then([]);
    given(session, ...past, issued(), asked)
      .when({ ...again, asOfRevision: 9 }, facts())
      .then([issued({ reportId: 'p2', requestedAt: now })]);
    const corrected = { ...again, htmlSha256: 'b'.repeat(64), asOfRevision: 9 };
    const { after } = given(session, ...past, issued()).when(corrected, facts());
    expect(after.reports.map(({ reportVersion, htmlSha256 }) => [reportVersion, htmlSha256[0]])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });
});
