import { Body, Controller, Param, Query } from '@nestjs/common';
import type { MemberCommand } from '#domain/member/commands.js';
import { acknowledgementViews, charterToAccept, listAcknowledgements } from '#views/charter-acknowledgement-queries.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { AcknowledgeCharterBody, AcknowledgementsQuery, CharterDayQuery } from './charter-bodies.js';

const command = commandOf<MemberCommand>();

/** Who accepted which version of the charter, and what the next consent asks for (10.1, 10.2). */
@Controller()
export class AcknowledgementController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
  ) {}

  @Answers('listCharterAcknowledgements')
  async list(
    @Caller() call: Call,
    @Param('charterVersionId') charterVersionId: string,
    @Query() { waitFor, ...params }: AcknowledgementsQuery,
  ) {
    const answer = await this.queries.ask(acknowledgementViews, waitFor, (deps) =>
      listAcknowledgements(deps, charterVersionId, params),
    );
    if (answer === undefined) throw fault('not-found');
    return listed(call, answer);
  }

  @Answers('charterToAccept')
  async next(@Caller() call: Call, @Param('memberId') memberId: string, @Query() { waitFor, day }: CharterDayQuery) {
    return found(
      call,
      await this.queries.ask(acknowledgementViews, waitFor, (deps) => charterToAccept(deps, memberId, day)),
    );
  }

  @Answers('acknowledgeCharter')
  async acknowledge(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: AcknowledgeCharterBody) {
    const given = command('AcknowledgeCharter', { memberId }, body);
    return this.receipts.done(call, await this.commands.send(call, 'member', memberId, given));
  }
}
