import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { ReportUnreadable } from '#application/session-report/report-facts.js';
import { issuedReport, reportToIssue } from '#application/session-report/session-report.js';
import type { SessionCommand } from '#domain/session/commands.js';
import { session } from '#domain/session/session.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { found } from '../queries/answers.js';
import { Consultations } from '../queries/consultations.js';
import { outageIn } from '../queries/unreadable.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { IssueReportBody, ReportQuery, RequestReportBody } from './report-bodies.js';

const command = commandOf<SessionCommand>();

/** The written summary of a session (8.2): asked for, given out in versions, each provable by its digest. */
@Controller()
export class ReportController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('requestReport')
  async request(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RequestReportBody) {
    const asked = command('RequestReport', { sessionId }, body);
    return this.receipts.done(call, await this.commands.send(call, 'session', sessionId, asked));
  }

  /** The page is made from the stream as it stands, and issued only if nothing was recorded meanwhile. */
  @Answers('issueReport')
  async issue(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() { channel }: IssueReportBody) {
    const { temoin, civilTime } = this.parts;
    const made = await readable(reportToIssue(temoin, civilTime, sessionId));
    const { asOfRevision, memberRevision, htmlSha256, reportVersion } = made ?? NONE;
    const reportId = this.commands.newId(call, 'report');
    const references = { sessionId, reportId, asOfRevision, memberRevision, htmlSha256 };
    const done = await this.commands.send(call, 'session', sessionId, command('IssueReport', references, { channel }));
    return this.receipts.created(call, done, reportId, `/sessions/${sessionId}/reports/${reportVersion}`);
  }

  /** Nothing personal is in it: no purpose is asked. */
  @Answers('listReports')
  async list(@Caller() call: Call, @Param('sessionId') sessionId: string) {
    const { memberId, reports, reportAsked } = await this.parts.temoin.reader.state(session, sessionId);
    const answer = { items: reports, ...(reportAsked === undefined ? {} : { asked: reportAsked }) };
    return found(call, memberId === undefined ? undefined : answer);
  }

  @Answers('getReport')
  async one(
    @Caller() call: Call,
    @Param('sessionId') sessionId: string,
    @Param('reportVersion') reportVersion: string,
    @Query() { purpose, format = 'json' }: ReportQuery,
  ) {
    const { temoin, civilTime } = this.parts;
    const version = /^[1-9]\d{0,5}$/.test(reportVersion) ? Number(reportVersion) : 0;
    const report = found(call, await readable(issuedReport(temoin, civilTime, sessionId, version)));
    const { memberId } = report;
    await this.consultations.record(call, 'journal-entry', purpose, [{ memberId, sessionId }]);
    if (format === 'json') return report;
    void call.reply.type(format === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
    void call.reply.header('temoin-report-proof', report.proof);
    return format === 'html' ? report.html : report.text;
  }
}

/** The domain answers for a session that does not exist. */
const NONE = { asOfRevision: 0, memberRevision: 0, htmlSha256: '0'.repeat(64), reportVersion: 0 };

async function readable<T>(made: Promise<T>): Promise<T> {
  try {
    return await made;
  } catch (error) {
    if (!(error instanceof ReportUnreadable)) throw error;
    throw outageIn({ state: 'unreadable', fault: error.fault }) ?? fault('value-unreadable');
  }
}
