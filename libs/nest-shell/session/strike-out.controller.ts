import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { TextPlace } from '#application/strike-out/same-problem.js';
import type { SessionCommand } from '#domain/session/commands.js';
import { session } from '#domain/session/session.js';
import { listStrikeOuts, type StrikeOutDocument, strikeOutsView } from '#views/strike-outs.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { type SameText, sameTextOf } from './same-text.js';
import { DecideStrikeOutBody, RequestStrikeOutBody, StrikeOutsQuery } from './strike-out-bodies.js';

const command = commandOf<SessionCommand>();

/** A report in the list; while it waits, with the other places that the decision had better cover too. */
export type ReportedText = StrikeOutDocument & { readonly sameText?: SameText };

/** « Signaler un contenu interdit » (A1): reported by anybody of the team, decided by the Director or the President. */
@Controller()
export class StrikeOutController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('requestStrikeOut')
  async request(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RequestStrikeOutBody) {
    const strikeOutId = this.commands.newId(call, 'strike-out');
    const report = command('RequestStrikeOut', { sessionId, strikeOutId }, body);
    const done = await this.commands.send(call, 'session', sessionId, report);
    const known = done.receipt.events.length > 0 ? undefined : await this.reported(sessionId, body);
    const receipt = this.receipts.created(call, done, known ?? strikeOutId, '/strike-outs');
    return { ...receipt, ...(await this.sameText({ sessionId, ...body })) };
  }

  /** Reported twice it is one report: the first one's reference. */
  private async reported(sessionId: string, { targetEventId, field }: RequestStrikeOutBody) {
    const { strikeOuts } = await this.parts.temoin.reader.state(session, sessionId);
    return strikeOuts.findLast((one) => one.targetEventId === targetEventId && one.field === field)?.strikeOutId;
  }

  @Answers('decideStrikeOut')
  async decide(
    @Caller() call: Call,
    @Param('sessionId') sessionId: string,
    @Param('strikeOutId') strikeOutId: string,
    @Body() body: DecideStrikeOutBody,
  ) {
    const decide = command('DecideStrikeOut', { sessionId, strikeOutId }, body);
    const receipt = this.receipts.done(call, await this.commands.send(call, 'session', sessionId, decide));
    if (body.decision === 'refused') return receipt;
    const { strikeOuts } = await this.parts.temoin.reader.state(session, sessionId);
    const struck = strikeOuts.find((one) => one.strikeOutId === strikeOutId);
    return { ...receipt, ...(struck && (await this.sameText({ sessionId, ...struck }))) };
  }

  @Answers('listStrikeOuts')
  async list(@Caller() call: Call, @Query() query: StrikeOutsQuery) {
    const { waitFor, ...params } = query;
    const answer = await this.queries.ask(strikeOutsView, waitFor, (deps) => listStrikeOuts(deps, params));
    const items: ReportedText[] = [];
    for (const one of answer.items)
      items.push(one.state === 'waiting' ? { ...one, ...(await this.sameText(one)) } : one);
    return listed(call, { ...answer, items });
  }

  private sameText({ sessionId, requestId, targetEventId, field }: TextPlace) {
    const where = sessionId === undefined ? { ...(requestId === undefined ? {} : { requestId }) } : { sessionId };
    return sameTextOf(this.parts.temoin.reader, { ...where, targetEventId, field });
  }
}
