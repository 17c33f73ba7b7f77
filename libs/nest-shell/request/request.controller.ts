import { Body, Controller, Param } from '@nestjs/common';
import type { RequestCommand } from '#domain/request/commands.js';
import { commandOf } from '../commands/command-of.js';
import { Commands, type Done } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import {
  AdvisePreparationBody,
  AgreeExceptionalSlotBody,
  BookAppointmentBody,
  CancelAppointmentBody,
  CloseRequestBody,
  DeclareNoGoZonesBody,
  DeclineRequestBody,
  MoveAppointmentBody,
  QualifyRequestBody,
  RequalifyAsAdviceBody,
  RequestSupportBody,
} from './request-bodies.js';

const command = commandOf<RequestCommand>();

@Controller()
export class RequestController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
  ) {}

  @Answers('requestSupport')
  async request(@Caller() call: Call, @Body() body: RequestSupportBody) {
    const requestId = this.commands.newId(call, 'request');
    const done = await this.commands.send(call, 'request', requestId, command('RequestSupport', { requestId }, body));
    return this.receipts.created(call, done, requestId, `/requests/${requestId}`);
  }

  @Answers('qualifyRequest')
  qualify(@Caller() call: Call, @Param('requestId') requestId: string, @Body() body: QualifyRequestBody) {
    return this.send(call, requestId, command('QualifyRequest', { requestId }, body));
  }

  @Answers('requalifyAsAdvice')
  requalify(@Caller() call: Call, @Param('requestId') requestId: string, @Body() body: RequalifyAsAdviceBody) {
    return this.send(call, requestId, command('RequalifyAsAdvice', { requestId }, body));
  }

  @Answers('declineRequest')
  decline(@Caller() call: Call, @Param('requestId') requestId: string, @Body() body: DeclineRequestBody) {
    return this.send(call, requestId, command('DeclineRequest', { requestId }, body));
  }

  @Answers('declareNoGoZones')
  noGoZones(@Caller() call: Call, @Param('requestId') requestId: string, @Body() body: DeclareNoGoZonesBody) {
    return this.send(call, requestId, command('DeclareNoGoZones', { requestId }, body));
  }

  @Answers('agreeExceptionalSlot')
  exceptional(@Caller() call: Call, @Param('requestId') requestId: string, @Body() body: AgreeExceptionalSlotBody) {
    return this.send(call, requestId, command('AgreeExceptionalSlot', { requestId }, body));
  }

  @Answers('bookAppointment')
  async book(@Caller() call: Call, @Param('requestId') requestId: string, @Body() body: BookAppointmentBody) {
    const book = command('BookAppointment', { requestId }, body);
    return this.booked(call, requestId, await this.commands.send(call, 'request', requestId, book));
  }

  @Answers('moveAppointment')
  async move(
    @Caller() call: Call,
    @Param('requestId') requestId: string,
    @Param('sessionId') sessionId: string,
    @Body() body: MoveAppointmentBody,
  ) {
    const move = command('MoveAppointment', { requestId, sessionId }, body);
    return this.booked(call, requestId, await this.commands.send(call, 'request', requestId, move));
  }

  @Answers('cancelAppointment')
  cancel(
    @Caller() call: Call,
    @Param('requestId') requestId: string,
    @Param('sessionId') sessionId: string,
    @Body() body: CancelAppointmentBody,
  ) {
    return this.send(call, requestId, command('CancelAppointment', { requestId, sessionId }, body));
  }

  @Answers('advisePreparation')
  advise(
    @Caller() call: Call,
    @Param('requestId') requestId: string,
    @Param('sessionId') sessionId: string,
    @Body() body: AdvisePreparationBody,
  ) {
    return this.send(call, requestId, command('AdvisePreparation', { requestId, sessionId }, body));
  }

  @Answers('closeRequest')
  close(@Caller() call: Call, @Param('requestId') requestId: string, @Body() body: CloseRequestBody) {
    return this.send(call, requestId, command('CloseRequest', { requestId }, body));
  }

  /** The session's id is given by the decision: it comes back in the event. */
  private async booked(call: Call, requestId: string, done: Done) {
    const sessionId = await this.commands.recordedField(done, 'AppointmentBooked', 'sessionId');
    return sessionId === undefined
      ? this.receipts.created(call, done, requestId, `/requests/${requestId}`)
      : this.receipts.created(call, done, sessionId, `/journal/${sessionId}`);
  }

  private async send(call: Call, requestId: string, given: RequestCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'request', requestId, given));
  }
}
