import { Body, Controller, Param } from '@nestjs/common';
import type { SessionCommand } from '#domain/session/commands.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import {
  AgreeExtensionBody,
  AtBody,
  CloseSessionBody,
  InterruptSessionBody,
  PauseSessionBody,
  RecordAfterwardsBody,
  ResumeSessionBody,
  StartSessionBody,
} from './course-bodies.js';

const command = commandOf<SessionCommand>();

@Controller()
export class CourseController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
  ) {}

  @Answers('startSession')
  start(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: StartSessionBody) {
    return this.send(call, sessionId, command('StartSession', { sessionId }, body));
  }

  @Answers('recordAfterwards')
  async recordUnbooked(@Caller() call: Call, @Body() body: RecordAfterwardsBody) {
    const sessionId = this.commands.newId(call, 'session');
    const record = command('RecordSessionAfterwards', { sessionId }, body);
    const done = await this.commands.send(call, 'session', sessionId, record);
    return this.receipts.created(call, done, sessionId, `/journal/${sessionId}`);
  }

  @Answers('recordBookedAfterwards')
  recordBooked(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RecordAfterwardsBody) {
    return this.send(call, sessionId, command('RecordSessionAfterwards', { sessionId }, body));
  }

  @Answers('pauseSession')
  pause(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: PauseSessionBody) {
    return this.send(call, sessionId, command('PauseSession', { sessionId }, body));
  }

  @Answers('resumeSession')
  resume(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: ResumeSessionBody) {
    return this.send(call, sessionId, command('ResumeSession', { sessionId }, body));
  }

  @Answers('attestPresence')
  attest(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: AtBody) {
    return this.send(call, sessionId, command('AttestPresence', { sessionId }, body));
  }

  @Answers('reportPresenceLost')
  absent(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: AtBody) {
    return this.send(call, sessionId, command('ReportPresenceLost', { sessionId }, body));
  }

  @Answers('agreeExtension')
  extend(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: AgreeExtensionBody) {
    const extensionId = this.commands.newId(call, 'extension');
    return this.send(call, sessionId, command('AgreeExtension', { sessionId, extensionId }, body), extensionId);
  }

  @Answers('stopSession')
  stop(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: AtBody) {
    return this.send(call, sessionId, command('StopSession', { sessionId }, body));
  }

  @Answers('interruptSession')
  interrupt(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: InterruptSessionBody) {
    return this.send(call, sessionId, command('InterruptSession', { sessionId }, body));
  }

  @Answers('endSession')
  end(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: AtBody) {
    return this.send(call, sessionId, command('EndSession', { sessionId }, body));
  }

  @Answers('closeSession')
  close(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: CloseSessionBody) {
    return this.send(call, sessionId, command('CloseSession', { sessionId }, body));
  }

  private async send(call: Call, sessionId: string, given: SessionCommand, id?: string) {
    return this.receipts.done(call, await this.commands.send(call, 'session', sessionId, given), id);
  }
}
