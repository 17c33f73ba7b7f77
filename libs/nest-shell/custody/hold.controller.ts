import { Body, Controller, Param, Query } from '@nestjs/common';
import type { CustodyCommand } from '#domain/custody/commands.js';
import { holdsOfMember, holdsView, listHolds } from '#views/holds.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { EmptyBody } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { Consultations } from '../queries/consultations.js';
import { HoldsOfMemberQuery, HoldsQuery, PlaceHoldBody, ReleaseHoldBody } from './hold-bodies.js';

const command = commandOf<CustodyCommand>();

/** Legal holds (8.1): placed, looked at again every six months, ended. Destructions are nobody's to ask for here. */
@Controller()
export class HoldController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
    private readonly consultations: Consultations,
  ) {}

  @Answers('placeHold')
  async place(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: PlaceHoldBody) {
    const holdId = this.commands.newId(call, 'hold');
    const place = command('PlaceLegalHold', { memberId, holdId }, body);
    const done = await this.commands.send(call, 'custody', memberId, place);
    return this.receipts.created(call, done, holdId, `/members/${memberId}/holds`);
  }

  @Answers('reviewHold')
  review(
    @Caller() call: Call,
    @Param('memberId') memberId: string,
    @Param('holdId') holdId: string,
    @Body() body: EmptyBody,
  ) {
    return this.send(call, memberId, command('ReviewLegalHold', { memberId, holdId }, body));
  }

  @Answers('releaseHold')
  release(
    @Caller() call: Call,
    @Param('memberId') memberId: string,
    @Param('holdId') holdId: string,
    @Body() body: ReleaseHoldBody,
  ) {
    return this.send(call, memberId, command('ReleaseLegalHold', { memberId, holdId }, body));
  }

  @Answers('listHolds')
  async list(@Caller() call: Call, @Query() query: HoldsQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(holdsView, waitFor, (deps) => listHolds(deps, params)));
  }

  @Answers('holdsOfMember')
  async ofMember(@Caller() call: Call, @Param('memberId') memberId: string, @Query() query: HoldsOfMemberQuery) {
    const { waitFor, purpose, ...params } = query;
    const answer = await this.queries.ask(holdsView, waitFor, (deps) => holdsOfMember(deps, memberId, params));
    if (answer.items.length > 0) await this.consultations.record(call, 'member-file', purpose, [{ memberId }]);
    return listed(call, answer);
  }

  private async send(call: Call, memberId: string, given: CustodyCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'custody', memberId, given));
  }
}
