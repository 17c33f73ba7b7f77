import { Body, Controller, Param, Query } from '@nestjs/common';
import type { CharterCommand } from '#domain/charter/commands.js';
import { chartersView, getCharter, listCharters } from '#views/charters.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { PageQuery, WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { NotifyCharterBody, PublishCharterBody } from './charter-bodies.js';

const command = commandOf<CharterCommand>();
/** The association has one charter. */
const ID = 'association';

@Controller()
export class CharterController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
  ) {}

  @Answers('publishCharter')
  async publish(@Caller() call: Call, @Body() body: PublishCharterBody) {
    const charterVersionId = this.commands.newId(call, 'charter');
    const { parameters = {}, acceptedMissing = [], ...rest } = body;
    const publish = command('PublishCharter', { charterVersionId }, { ...rest, parameters, acceptedMissing });
    const done = await this.commands.send(call, 'charter', ID, publish);
    return this.receipts.created(call, done, charterVersionId, `/charter/versions/${charterVersionId}`);
  }

  @Answers('notifyCharter')
  async notify(
    @Caller() call: Call,
    @Param('charterVersionId') charterVersionId: string,
    @Body() body: NotifyCharterBody,
  ) {
    const notify = command('NotifyCharter', { charterVersionId }, body);
    return this.receipts.done(call, await this.commands.send(call, 'charter', ID, notify));
  }

  @Answers('listCharters')
  async list(@Caller() call: Call, @Query() query: PageQuery) {
    const { waitFor, ...page } = query;
    return listed(call, await this.queries.ask(chartersView, waitFor, (deps) => listCharters(deps, page)));
  }

  @Answers('getCharter')
  async one(
    @Caller() call: Call,
    @Param('charterVersionId') charterVersionId: string,
    @Query() { waitFor }: WaitQuery,
  ) {
    return found(call, await this.queries.ask(chartersView, waitFor, (deps) => getCharter(deps, charterVersionId)));
  }
}
