import { Body, Controller, Param } from '@nestjs/common';
import type { SessionCommand } from '#domain/session/commands.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { BreachTriageBody, ContestConsentBody, SecurityAdviceBody, SettleContestBody } from './contest-bodies.js';

const command = commandOf<SessionCommand>();

/** What is said of a consent after it was recorded, and after a stop for security. */
@Controller()
export class ContestController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
  ) {}

  @Answers('contestConsent')
  contest(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: ContestConsentBody) {
    return this.send(call, sessionId, command('ContestConsent', { sessionId }, body));
  }

  @Answers('settleContest')
  settle(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: SettleContestBody) {
    return this.send(call, sessionId, command('SettleContest', { sessionId }, body));
  }

  @Answers('recordSecurityAdvice')
  advise(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: SecurityAdviceBody) {
    return this.send(call, sessionId, command('RecordSecurityAdvice', { sessionId }, body));
  }

  @Answers('answerBreachTriage')
  triage(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: BreachTriageBody) {
    return this.send(call, sessionId, command('AnswerBreachTriage', { sessionId }, body));
  }

  private async send(call: Call, sessionId: string, given: SessionCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'session', sessionId, given));
  }
}
