import { Body, Controller, Inject, Param } from '@nestjs/common';
import { holdBeforeFiling, releaseHoldBefore } from '#application/complaint-hold/hold-before-filing.js';
import { placeComplaintHold } from '#application/complaint-hold/place-hold.js';
import type { ComplaintCommand } from '#domain/complaint/commands.js';
import { complaint } from '#domain/complaint/complaint.js';
import { commandOf } from '../commands/command-of.js';
import { Commands, type Done } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import {
  AcknowledgeComplaintBody,
  AnswerSettlementBody,
  CloseComplaintBody,
  FileComplaintBody,
  OpenInvestigationBody,
  ProposeSettlementBody,
  QualifyComplaintBody,
  ReferComplaintBody,
  ReopenComplaintBody,
  ReportInvestigationBody,
  WithdrawComplaintBody,
} from './complaint-bodies.js';

const command = commandOf<ComplaintCommand>();

/** The course of a complaint. Whatever opens it is answered only once its sessions are held. */
@Controller()
export class ComplaintController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('fileComplaint')
  async file(@Caller() call: Call, @Body() body: FileComplaintBody) {
    const complaintId = this.commands.newId(call, 'complaint');
    const done = await this.heldBefore(complaintId, body, () =>
      this.send(call, complaintId, command('FileComplaint', { complaintId }, body)),
    );
    return this.receipts.created(call, await this.held(complaintId, done), complaintId, `/complaints/${complaintId}`);
  }

  @Answers('acknowledgeComplaint')
  acknowledge(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: AcknowledgeComplaintBody) {
    return this.done(call, complaintId, command('AcknowledgeComplaint', { complaintId }, body));
  }

  @Answers('openInvestigation')
  inquire(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: OpenInvestigationBody) {
    return this.done(call, complaintId, command('OpenInvestigation', { complaintId }, body));
  }

  @Answers('reportInvestigation')
  report(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: ReportInvestigationBody) {
    const reportId = this.commands.newId(call, 'report');
    return this.done(call, complaintId, command('ReportInvestigation', { complaintId, reportId }, body), reportId);
  }

  @Answers('qualifyComplaint')
  qualify(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: QualifyComplaintBody) {
    return this.done(call, complaintId, command('QualifyComplaint', { complaintId }, body));
  }

  @Answers('proposeSettlement')
  propose(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: ProposeSettlementBody) {
    const proposalId = this.commands.newId(call, 'proposal');
    return this.done(call, complaintId, command('ProposeSettlement', { complaintId, proposalId }, body), proposalId);
  }

  @Answers('answerSettlement')
  answer(
    @Caller() call: Call,
    @Param('complaintId') complaintId: string,
    @Param('proposalId') proposalId: string,
    @Body() body: AnswerSettlementBody,
  ) {
    return this.done(call, complaintId, command('AnswerSettlement', { complaintId, proposalId }, body));
  }

  @Answers('referComplaint')
  refer(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: ReferComplaintBody) {
    const disclosureId = this.commands.newId(call, 'disclosure');
    return this.done(call, complaintId, command('ReferComplaint', { complaintId, disclosureId }, body), disclosureId);
  }

  @Answers('withdrawComplaint')
  withdraw(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: WithdrawComplaintBody) {
    return this.done(call, complaintId, command('WithdrawComplaint', { complaintId }, body));
  }

  @Answers('closeComplaint')
  close(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: CloseComplaintBody) {
    return this.done(call, complaintId, command('CloseComplaint', { complaintId }, body));
  }

  @Answers('reopenComplaint')
  async reopen(@Caller() call: Call, @Param('complaintId') complaintId: string, @Body() body: ReopenComplaintBody) {
    const done = await this.send(call, complaintId, command('ReopenComplaint', { complaintId }, body));
    return this.receipts.done(call, await this.held(complaintId, done));
  }

  /** On the last day before a purge the hold comes first: no run of the night may come between it and the complaint. */
  private async heldBefore(complaintId: string, body: FileComplaintBody, file: () => Promise<Done>): Promise<Done> {
    const { temoin, civilTime } = this.parts;
    const before = await holdBeforeFiling(temoin, civilTime, { complaintId, ...body });
    try {
      return await file();
    } catch (error) {
      if (before) await releaseHoldBefore(temoin, before);
      throw error;
    }
  }

  /**
   * Between the event and the answer. A process that dies here leaves a complaint without its hold: the follower of the log
   * places it when it starts. The receipt names the place of the hold, so that a query that waits for it shows both.
   */
  private async held(complaintId: string, done: Done): Promise<Done> {
    const { temoin } = this.parts;
    const state = await temoin.reader.state(complaint, complaintId);
    const position = state && (await placeComplaintHold(temoin, { complaintId, opening: state.opening }));
    const { receipt } = done;
    if (position === undefined || (receipt.position !== undefined && receipt.position > position)) return done;
    return { ...done, receipt: { ...receipt, position } };
  }

  private send(call: Call, complaintId: string, given: ComplaintCommand): Promise<Done> {
    return this.commands.send(call, 'complaint', complaintId, given);
  }

  private async done(call: Call, complaintId: string, given: ComplaintCommand, id?: string) {
    return this.receipts.done(call, await this.send(call, complaintId, given), id);
  }
}
