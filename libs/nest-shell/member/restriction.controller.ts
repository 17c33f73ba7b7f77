import { Body, Controller, Param } from '@nestjs/common';
import type { MemberCommand } from '#domain/member/commands.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { EmptyBody } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { AnnounceLiftBody, RestrictProcessingBody } from './restriction-bodies.js';

const command = commandOf<MemberCommand>();

/** Data kept without use (GDPR 18): off the work lists, and ended only after the member was told. */
@Controller()
export class RestrictionController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
  ) {}

  @Answers('restrictProcessing')
  restrict(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: RestrictProcessingBody) {
    return this.send(call, memberId, command('RestrictProcessing', { memberId }, body));
  }

  @Answers('announceRestrictionLift')
  announce(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: AnnounceLiftBody) {
    return this.send(call, memberId, command('AnnounceRestrictionLift', { memberId }, body));
  }

  @Answers('liftRestriction')
  lift(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: EmptyBody) {
    return this.send(call, memberId, command('LiftRestriction', { memberId }, body));
  }

  private async send(call: Call, memberId: string, given: MemberCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'member', memberId, given));
  }
}
