import { Body, Controller, Param, Query } from '@nestjs/common';
import type { SessionCommand } from '#domain/session/commands.js';
import { listStrikeOuts, strikeOutsView } from '#views/strike-outs.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { DecideStrikeOutBody, RequestStrikeOutBody, StrikeOutsQuery } from './strike-out-bodies.js';

const command = commandOf<SessionCommand>();

/** « Signaler un contenu interdit » (A1): reported by anybody of the team, decided by the Director or the President. */
@Controller()
export class StrikeOutController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
  ) {}

  @Answers('requestStrikeOut')
  async request(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RequestStrikeOutBody) {
    const strikeOutId = this.commands.newId(call, 'strike-out');
    const report = command('RequestStrikeOut', { sessionId, strikeOutId }, body);
    const done = await this.commands.send(call, 'session', sessionId, report);
    return this.receipts.created(call, done, strikeOutId, '/strike-outs');
  }

  @Answers('decideStrikeOut')
  async decide(
    @Caller() call: Call,
    @Param('sessionId') sessionId: string,
    @Param('strikeOutId') strikeOutId: string,
    @Body() body: DecideStrikeOutBody,
  ) {
    const decide = command('DecideStrikeOut', { sessionId, strikeOutId }, body);
    return this.receipts.done(call, await this.commands.send(call, 'session', sessionId, decide));
  }

  @Answers('listStrikeOuts')
  async list(@Caller() call: Call, @Query() query: StrikeOutsQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(strikeOutsView, waitFor, (deps) => listStrikeOuts(deps, params)));
  }
}
