import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { feedRecipients, recipientWords } from '#application/registers/feed-recipients.js';
import { processingRegister, registerHtml } from '#application/registers/processing-register.js';
import type { AssociationCommand } from '#domain/association/commands.js';
import { charter } from '#domain/charter/charter.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { versionInForce } from '#domain/charter/state.js';
import { associationRecordsView, listAssociationRecords } from '#views/association-records.js';
import { disclosuresView, listDisclosures } from '#views/disclosures.js';
import { lateRecordingsView, listLateRecordings } from '#views/late-recordings.js';
import { openWithin } from '#views/query.js';
import { subscribersView } from '#views/subscribers.js';
import { commandOf } from '../commands/command-of.js';
import { Commands, type Done } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { holdsUnreadable } from '../queries/unreadable.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import {
  AssociationRecordsQuery,
  DisclosuresQuery,
  EndAssociationRecordBody,
  LateRecordingsQuery,
  RecordInsuranceBody,
  RecordMediatorBody,
  RecordProcessorBody,
  RegisterQuery,
} from './register-bodies.js';

const command = commandOf<AssociationCommand>();
const STREAM = 'records';

/** Insurance, mediator, processors; the register of processing; what left the association. */
@Controller()
export class RegisterController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('recordInsurance')
  insure(@Caller() call: Call, @Body() body: RecordInsuranceBody) {
    return this.created(call, (recordId) => command('RecordInsurancePolicy', { recordId }, body));
  }

  @Answers('recordMediator')
  mediate(@Caller() call: Call, @Body() body: RecordMediatorBody) {
    return this.created(call, (recordId) => command('RecordMediator', { recordId }, body));
  }

  @Answers('recordProcessor')
  process(@Caller() call: Call, @Body() body: RecordProcessorBody) {
    return this.created(call, (recordId) => command('RecordProcessor', { recordId }, body));
  }

  @Answers('endAssociationRecord')
  async end(@Caller() call: Call, @Param('recordId') recordId: string, @Body() body: EndAssociationRecordBody) {
    return this.receipts.done(call, await this.send(call, command('EndAssociationRecord', { recordId }, body)));
  }

  @Answers('listAssociationRecords')
  async records(@Caller() call: Call, @Query() { waitFor, kind }: AssociationRecordsQuery) {
    return listed(
      call,
      await this.queries.ask(associationRecordsView, waitFor, (deps) => listAssociationRecords(deps, kind)),
    );
  }

  /** Derived from the declarations of the events and the charter in force; of people it names no one but the subscribers. */
  @Answers('processingRegister')
  async processing(@Caller() call: Call, @Query() { format = 'json', waitFor }: RegisterQuery) {
    const { temoin, civilTime } = this.parts;
    const versions = await temoin.reader.state(charter, 'association');
    const today = civilTime.toLocal(temoin.clock.now()).date;
    const { journalRetentionMonths } = versionInForce(versions, today)?.parameters ?? fallbackParameters;
    const recipients = await this.queries.ask(subscribersView, waitFor, async (deps) =>
      openWithin(deps.opener, await feedRecipients({ ...deps, time: civilTime }, false)),
    );
    if (holdsUnreadable(recipients)) throw fault('value-unreadable');
    const subscribers = recipients.flatMap((one) => {
      const words = recipientWords(one, civilTime);
      return words === undefined ? [] : [{ words, topics: one.topics }];
    });
    const register = processingRegister(journalRetentionMonths, subscribers);
    if (format === 'json') return register;
    void call.reply.type('text/html; charset=utf-8');
    return registerHtml(register);
  }

  @Answers('listLateRecordings')
  async late(@Caller() call: Call, @Query() { waitFor, ...params }: LateRecordingsQuery) {
    return listed(
      call,
      await this.queries.ask(lateRecordingsView, waitFor, (deps) => listLateRecordings(deps, params)),
    );
  }

  @Answers('listDisclosures')
  async disclosures(@Caller() call: Call, @Query() { waitFor, ...params }: DisclosuresQuery) {
    return listed(call, await this.queries.ask(disclosuresView, waitFor, (deps) => listDisclosures(deps, params)));
  }

  private async created(call: Call, given: (recordId: string) => AssociationCommand) {
    const recordId = this.commands.newId(call, 'record');
    return this.receipts.created(call, await this.send(call, given(recordId)), recordId, '/registers/records');
  }

  private send(call: Call, given: AssociationCommand): Promise<Done> {
    return this.commands.send(call, 'association', STREAM, given);
  }
}
