import { Body, Controller, Param } from '@nestjs/common';
import type { SessionCommand } from '#domain/session/commands.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { AtBody } from './course-bodies.js';
import {
  AnswerFollowUpBody,
  AskFollowUpBody,
  CorrectJournalBody,
  NoteBody,
  RecordActionBody,
  RecordBackupAdviceBody,
  RecordCredentialBody,
  RecordRecommendationsBody,
  RecordStateBody,
  ReviewDeviationBody,
  StateNoActionBody,
} from './journal-bodies.js';

const command = commandOf<SessionCommand>();

@Controller()
export class JournalController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
  ) {}

  @Answers('recordStateBefore')
  before(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RecordStateBody) {
    return this.send(call, sessionId, command('RecordStateBefore', { sessionId }, body));
  }

  @Answers('recordStateAfter')
  after(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RecordStateBody) {
    return this.send(call, sessionId, command('RecordStateAfter', { sessionId }, body));
  }

  @Answers('recordBackupAdvice')
  backup(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RecordBackupAdviceBody) {
    return this.send(call, sessionId, command('RecordBackupAdvice', { sessionId }, body));
  }

  @Answers('recordAction')
  action(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RecordActionBody) {
    const actionId = this.commands.newId(call, 'action');
    return this.send(call, sessionId, command('RecordAction', { sessionId, actionId }, body), actionId);
  }

  @Answers('stateNoAction')
  noAction(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: StateNoActionBody) {
    return this.send(call, sessionId, command('StateNoAction', { sessionId }, body));
  }

  @Answers('recordDiagnosis')
  diagnosis(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: NoteBody) {
    const entryId = this.commands.newId(call, 'entry');
    return this.send(call, sessionId, command('RecordDiagnosis', { sessionId, entryId }, body), entryId);
  }

  @Answers('logQuestion')
  question(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: NoteBody) {
    const entryId = this.commands.newId(call, 'entry');
    return this.send(call, sessionId, command('LogMemberQuestion', { sessionId, entryId }, body), entryId);
  }

  @Answers('recordExplanation')
  explanation(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: NoteBody) {
    const entryId = this.commands.newId(call, 'entry');
    return this.send(call, sessionId, command('RecordExplanation', { sessionId, entryId }, body), entryId);
  }

  @Answers('recordCredential')
  credential(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RecordCredentialBody) {
    const credentialId = this.commands.newId(call, 'credential');
    return this.send(
      call,
      sessionId,
      command('RecordTemporaryCredential', { sessionId, credentialId }, body),
      credentialId,
    );
  }

  @Answers('confirmCredential')
  changed(
    @Caller() call: Call,
    @Param('sessionId') sessionId: string,
    @Param('credentialId') credentialId: string,
    @Body() body: AtBody,
  ) {
    return this.send(call, sessionId, command('ConfirmCredentialChange', { sessionId, credentialId }, body));
  }

  @Answers('confirmAccountRemoved')
  removed(
    @Caller() call: Call,
    @Param('sessionId') sessionId: string,
    @Param('credentialId') credentialId: string,
    @Body() body: AtBody,
  ) {
    return this.send(call, sessionId, command('ConfirmAdminAccountRemoved', { sessionId, credentialId }, body));
  }

  @Answers('recordRecommendations')
  recommend(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: RecordRecommendationsBody) {
    return this.send(call, sessionId, command('RecordRecommendations', { sessionId }, body));
  }

  @Answers('askFollowUp')
  followUp(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: AskFollowUpBody) {
    return this.send(call, sessionId, command('AskFollowUp', { sessionId }, body));
  }

  @Answers('answerFollowUp')
  followUpAnswer(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: AnswerFollowUpBody) {
    return this.send(call, sessionId, command('AnswerFollowUp', { sessionId }, body));
  }

  @Answers('reviewDeviation')
  review(
    @Caller() call: Call,
    @Param('sessionId') sessionId: string,
    @Param('deviationId') deviationId: string,
    @Body() body: ReviewDeviationBody,
  ) {
    return this.send(call, sessionId, command('ReviewDeviation', { sessionId, deviationId }, body));
  }

  @Answers('correctJournal')
  correct(@Caller() call: Call, @Param('sessionId') sessionId: string, @Body() body: CorrectJournalBody) {
    const correctionId = this.commands.newId(call, 'correction');
    return this.send(call, sessionId, command('CorrectJournal', { sessionId, correctionId }, body), correctionId);
  }

  private async send(call: Call, sessionId: string, given: SessionCommand, id?: string) {
    return this.receipts.done(call, await this.commands.send(call, 'session', sessionId, given), id);
  }
}
