import { Body, Controller, Param, Query } from '@nestjs/common';
import type { CalendarCommand } from '#domain/calendar/commands.js';
import { closuresView, listClosures } from '#views/closures.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { EmptyBody } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { ClosuresQuery, DeclareClosureBody } from './calendar-bodies.js';

const command = commandOf<CalendarCommand>();
/** The association has one calendar. */
const ID = 'association';

@Controller()
export class CalendarController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
  ) {}

  @Answers('declareClosure')
  async declareClosure(@Caller() call: Call, @Body() body: DeclareClosureBody) {
    const closureId = this.commands.newId(call, 'closure');
    const done = await this.commands.send(call, 'calendar', ID, command('DeclareClosure', { closureId }, body));
    return this.receipts.created(call, done, closureId, '/closures');
  }

  @Answers('withdrawClosure')
  async withdraw(@Caller() call: Call, @Param('closureId') closureId: string, @Body() body: EmptyBody) {
    const withdraw = command('WithdrawClosure', { closureId }, body);
    return this.receipts.done(call, await this.commands.send(call, 'calendar', ID, withdraw));
  }

  @Answers('listClosures')
  async list(@Caller() call: Call, @Query() query: ClosuresQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(closuresView, waitFor, (deps) => listClosures(deps, params)));
  }
}
