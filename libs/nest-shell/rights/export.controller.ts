import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import {
  exportText,
  type MemberExport,
  memberExportJsonSchema,
  portablePart,
} from '#application/member-export/export-data.js';
import { exportHtml } from '#application/member-export/export-html.js';
import type { AccessCommand } from '#domain/access/commands.js';
import { EXPORT_DAYS } from '#domain/access/decide.js';
import { exportNeedsDirector } from '#domain/access/refusals.js';
import { memberUnknown } from '#domain/member/refusals.js';
import type { UnreadableFault } from '#kernel/sealed.js';
import { listMemberExports, memberExportsView } from '#views/member-exports.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault, type ProblemFault, refused } from '../problems/problem-fault.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { Consultations } from '../queries/consultations.js';
import { outageIn } from '../queries/unreadable.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { ExportQuery, ExportsQuery, IssueExportBody } from './export-bodies.js';

const command = commandOf<AccessCommand>();

/** Everything held on a member, for them (GDPR 15, 20): put together by one command, kept sealed, gone in time. */
@Controller()
export class ExportController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('issueExport')
  async issue(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: IssueExportBody) {
    const { memberExports } = this.parts;
    const exportId = this.commands.newId(call, 'export');
    const { days = EXPORT_DAYS, mask = [], ...about } = body;
    const prepared = await memberExports.prepare({ memberId, exportId, days, mask });
    if (prepared.state === 'member-unknown') throw refused(memberUnknown());
    if (prepared.state === 'unreadable') throw this.unreadable(prepared);
    const { sha256, expiresAt } = prepared;
    const issue = command('IssueMemberExport', { memberId, exportId, sha256, expiresAt }, about);
    const done = await this.commands.send(call, 'access', memberId, issue).catch(async (thrown: unknown) => {
      // without an answer nobody knows whether it was issued: then the copy stays, and goes with its validity
      if ((thrown as { readonly code?: unknown }).code === exportNeedsDirector.code)
        await memberExports.discard(exportId);
      throw thrown;
    });
    return this.receipts.created(call, done, exportId, `/exports/${exportId}`);
  }

  @Answers('listExports')
  async list(@Caller() call: Call, @Query() query: ExportsQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(memberExportsView, waitFor, (deps) => listMemberExports(deps, params)));
  }

  /** The Director and the President may fetch any copy, a delegate what they issued themselves. */
  @Answers('getExport')
  async one(
    @Caller() call: Call,
    @Param('exportId') exportId: string,
    @Query() { format }: ExportQuery,
  ): Promise<string | MemberExport | Readonly<Record<string, unknown>>> {
    const { person, reply } = call;
    if (format === 'schema') return memberExportJsonSchema();
    const found = await this.parts.memberExports.read(exportId);
    switch (found.state) {
      case 'unknown':
        throw fault('not-found');
      case 'gone':
        throw fault('export-gone');
      case 'unreadable':
        throw this.unreadable(found);
      case 'damaged':
        throw new Error('an export is not what was issued');
      default:
    }
    const mine =
      found.issuedBy === person.staffId || person.roles.some((one) => one === 'Director' || one === 'President');
    if (!mine) throw refused(exportNeedsDirector());
    await this.consultations.record(call, 'export', 'rights', [{ memberId: found.exported.memberId }]);
    const name = `${format === 'portability' ? 'donnees-fournies' : 'copie-des-donnees'}_${exportId}`;
    const kind = format === 'html' ? 'html' : 'json';
    void reply.header('content-disposition', `attachment; filename="${name}.${kind}"`);
    void reply.type(kind === 'html' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8');
    if (format === 'portability') return exportText(portablePart(found.exported));
    return kind === 'html' ? exportHtml(found.exported, this.parts.civilTime) : found.text;
  }

  /** An outage is a problem of its own, never a copy with holes; one value that is out of reach raises the alarm. */
  private unreadable(answer: { readonly state: 'unreadable'; readonly fault: UnreadableFault }): ProblemFault {
    this.parts.onAlarm?.({ kind: 'values-unreadable', code: answer.fault, values: 1 });
    return outageIn(answer) ?? fault('value-unreadable');
  }
}
