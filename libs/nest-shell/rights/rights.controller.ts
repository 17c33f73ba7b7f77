import { Body, Controller, Inject, Param } from '@nestjs/common';
import { restrictWhatIsHeld } from '#application/rights/restrict-held.js';
import type { RightsCommand } from '#domain/rights/commands.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { EmptyBody } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import {
  CheckIdentityBody,
  DecideRightsBody,
  ExtendRightsBody,
  gridLines,
  ReceiveRightsBody,
  SendAnswerBody,
} from './rights-bodies.js';

const command = commandOf<RightsCommand>();

/** The course of a case, from the receipt to its end. */
@Controller()
export class RightsController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('receiveRights')
  async receive(@Caller() call: Call, @Body() body: ReceiveRightsBody) {
    const rightsId = this.commands.newId(call, 'rights');
    const done = await this.commands.send(
      call,
      'rights',
      rightsId,
      command('ReceiveRightsRequest', { rightsId }, body),
    );
    return this.receipts.created(call, done, rightsId, `/rights/${rightsId}`);
  }

  @Answers('checkIdentity')
  identity(@Caller() call: Call, @Param('rightsId') rightsId: string, @Body() body: CheckIdentityBody) {
    return this.send(call, rightsId, command('CheckIdentity', { rightsId }, body));
  }

  @Answers('extendRights')
  extend(@Caller() call: Call, @Param('rightsId') rightsId: string, @Body() body: ExtendRightsBody) {
    return this.send(call, rightsId, command('ExtendRightsRequest', { rightsId }, body));
  }

  @Answers('decideRights')
  decide(@Caller() call: Call, @Param('rightsId') rightsId: string, @Body() body: DecideRightsBody) {
    const { grid: lines, ...rest } = body;
    const references = { rightsId, ...(lines === undefined ? {} : { grid: gridLines(lines) }) };
    return this.sendAndRestrict(call, rightsId, command('DecideRightsRequest', references, rest));
  }

  @Answers('sendRightsAnswer')
  answer(@Caller() call: Call, @Param('rightsId') rightsId: string, @Body() body: SendAnswerBody) {
    return this.sendAndRestrict(call, rightsId, command('SendRightsAnswer', { rightsId }, body));
  }

  @Answers('withdrawRights')
  withdraw(@Caller() call: Call, @Param('rightsId') rightsId: string, @Body() body: EmptyBody) {
    return this.send(call, rightsId, command('WithdrawRightsRequest', { rightsId }, body));
  }

  @Answers('closeRights')
  close(@Caller() call: Call, @Param('rightsId') rightsId: string, @Body() body: EmptyBody) {
    return this.sendAndRestrict(call, rightsId, command('CloseRightsRequest', { rightsId }, body));
  }

  /** At each step from the decision on, because a crash may have come after the one before: it takes effect once. */
  private async sendAndRestrict(call: Call, rightsId: string, given: RightsCommand) {
    const done = await this.commands.send(call, 'rights', rightsId, given);
    await restrictWhatIsHeld(this.parts.temoin, rightsId);
    return this.receipts.done(call, done);
  }

  private async send(call: Call, rightsId: string, given: RightsCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'rights', rightsId, given));
  }
}
