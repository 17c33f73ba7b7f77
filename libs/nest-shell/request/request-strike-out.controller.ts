import { Body, Controller, Inject, Param } from '@nestjs/common';
import type { RequestCommand } from '#domain/request/commands.js';
import { request } from '#domain/request/request.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { sameTextOf } from '../session/same-text.js';
import { DecideStrikeOutBody } from '../session/strike-out-bodies.js';
import { ReportRequestTextBody } from './request-strike-out-bodies.js';

const command = commandOf<RequestCommand>();

/** « Signaler un contenu interdit » in a request, as in a journal (A1). */
@Controller()
export class RequestStrikeOutController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('reportRequestText')
  async report(@Caller() call: Call, @Param('requestId') requestId: string, @Body() body: ReportRequestTextBody) {
    const strikeOutId = this.commands.newId(call, 'strike-out');
    const report = command('ReportRequestText', { requestId, strikeOutId }, body);
    const done = await this.commands.send(call, 'request', requestId, report);
    const known = done.receipt.events.length > 0 ? undefined : await this.reported(requestId, body);
    const receipt = this.receipts.created(call, done, known ?? strikeOutId, '/strike-outs');
    return { ...receipt, ...(await this.sameText(requestId, body)) };
  }

  /** Reported twice it is one report: the first one's reference. */
  private async reported(requestId: string, { targetEventId, field }: ReportRequestTextBody) {
    const { strikeOuts } = await this.parts.temoin.reader.state(request, requestId);
    return strikeOuts.findLast((one) => one.targetEventId === targetEventId && one.field === field)?.strikeOutId;
  }

  @Answers('decideRequestStrikeOut')
  async decide(
    @Caller() call: Call,
    @Param('requestId') requestId: string,
    @Param('strikeOutId') strikeOutId: string,
    @Body() body: DecideStrikeOutBody,
  ) {
    const decide = command('DecideRequestTextStrikeOut', { requestId, strikeOutId }, body);
    const receipt = this.receipts.done(call, await this.commands.send(call, 'request', requestId, decide));
    if (body.decision === 'refused') return receipt;
    const { strikeOuts } = await this.parts.temoin.reader.state(request, requestId);
    const struck = strikeOuts.find((one) => one.strikeOutId === strikeOutId);
    return { ...receipt, ...(struck && (await this.sameText(requestId, struck))) };
  }

  private sameText(
    requestId: string,
    { targetEventId, field }: Pick<ReportRequestTextBody, 'targetEventId' | 'field'>,
  ) {
    return sameTextOf(this.parts.temoin.reader, { requestId, targetEventId, field });
  }
}
