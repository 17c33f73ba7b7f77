import { Body, Controller, Param, Query } from '@nestjs/common';
import type { IncidentCommand } from '#domain/incident/commands.js';
import { getIncident, incidentsView, listIncidents } from '#views/incidents.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import {
  AssessIncidentBody,
  CloseIncidentBody,
  ComplementIncidentBody,
  ExemptFromTellingBody,
  IncidentsQuery,
  NotifyAuthorityBody,
  RecordIncidentBody,
  TellPersonsBody,
} from './incident-bodies.js';

const command = commandOf<IncidentCommand>();

/** The register of breaches of personal data (GDPR 33–34). */
@Controller()
export class IncidentController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
  ) {}

  @Answers('recordIncident')
  async record(@Caller() call: Call, @Body() body: RecordIncidentBody) {
    const incidentId = this.commands.newId(call, 'incident');
    const given = command('RecordIncident', { incidentId }, body);
    const done = await this.commands.send(call, 'incident', incidentId, given);
    return this.receipts.created(call, done, incidentId, `/incidents/${incidentId}`);
  }

  @Answers('complementIncident')
  complement(@Caller() call: Call, @Param('incidentId') incidentId: string, @Body() body: ComplementIncidentBody) {
    return this.send(call, incidentId, command('ComplementIncident', { incidentId }, body));
  }

  @Answers('assessIncident')
  assess(@Caller() call: Call, @Param('incidentId') incidentId: string, @Body() body: AssessIncidentBody) {
    return this.send(call, incidentId, command('AssessIncident', { incidentId }, body));
  }

  @Answers('notifyAuthority')
  notify(@Caller() call: Call, @Param('incidentId') incidentId: string, @Body() body: NotifyAuthorityBody) {
    const notificationId = this.commands.newId(call, 'notification');
    return this.send(call, incidentId, command('NotifyAuthority', { incidentId, notificationId }, body));
  }

  @Answers('tellPersons')
  tell(@Caller() call: Call, @Param('incidentId') incidentId: string, @Body() body: TellPersonsBody) {
    const noticeId = this.commands.newId(call, 'notice');
    return this.send(call, incidentId, command('TellPersons', { incidentId, noticeId }, body));
  }

  @Answers('exemptFromTelling')
  exempt(@Caller() call: Call, @Param('incidentId') incidentId: string, @Body() body: ExemptFromTellingBody) {
    return this.send(call, incidentId, command('ExemptFromTelling', { incidentId }, body));
  }

  @Answers('closeIncident')
  close(@Caller() call: Call, @Param('incidentId') incidentId: string, @Body() body: CloseIncidentBody) {
    return this.send(call, incidentId, command('CloseIncident', { incidentId }, body));
  }

  @Answers('listIncidents')
  async list(@Caller() call: Call, @Query() { waitFor, ...params }: IncidentsQuery) {
    return listed(call, await this.queries.ask(incidentsView, waitFor, (deps) => listIncidents(deps, params)));
  }

  /** It is no member’s file: who was touched stands there by reference, and no purpose is asked. */
  @Answers('getIncident')
  async one(@Caller() call: Call, @Param('incidentId') incidentId: string, @Query() { waitFor }: WaitQuery) {
    return found(call, await this.queries.ask(incidentsView, waitFor, (deps) => getIncident(deps, incidentId)));
  }

  private async send(call: Call, incidentId: string, given: IncidentCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'incident', incidentId, given));
  }
}
