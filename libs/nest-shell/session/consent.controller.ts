import { Body, Controller, Param } from '@nestjs/common';
import type { SessionCommand } from '#domain/session/commands.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { AnswerPreparationBody, ConsentAnswerBody, GiveConsentBody } from './consent-bodies.js';

const command = commandOf<SessionCommand>();

@Controller()
export class ConsentController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
  ) {}

  @Answers('giveConsent')
  give(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: GiveConsentBody) {
    return this.send(call, sessionId, command('GiveConsent', { sessionId }, body));
  }

  @Answers('refuseConsent')
  refuse(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: ConsentAnswerBody) {
    return this.send(call, sessionId, command('RefuseConsent', { sessionId }, body));
  }

  @Answers('withdrawConsent')
  withdraw(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: ConsentAnswerBody) {
    return this.send(call, sessionId, command('WithdrawConsent', { sessionId }, body));
  }

  @Answers('answerPreparation')
  prepare(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: AnswerPreparationBody) {
    return this.send(call, sessionId, command('AnswerPreparation', { sessionId }, body));
  }

  private async send(call: Call, sessionId: string, given: SessionCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'session', sessionId, given));
  }
}
