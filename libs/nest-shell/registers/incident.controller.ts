import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { letterHtml } from '#application/documents/letter.js';
import { incidentCard } from '#application/registers/incident-card.js';
import { incidentEffects } from '#application/registers/incident-effects.js';
import type { IncidentCommand } from '#domain/incident/commands.js';
import { getIncident, incidentsView, listIncidents } from '#views/incidents.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import {
  AssessIncidentBody,
  CloseIncidentBody,
  ComplementIncidentBody,
  ExemptFromTellingBody,
  IncidentQuery,
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
    @Inject(PARTS) private readonly parts: ServiceParts,
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
  async one(@Caller() call: Call, @Param('incidentId') incidentId: string, @Query() query: IncidentQuery) {
    const { waitFor, format = 'json' } = query;
    const { temoin, civilTime } = this.parts;
    const one = found(call, await this.queries.ask(incidentsView, waitFor, (deps) => getIncident(deps, incidentId)));
    const effects = await incidentEffects(temoin.reader, one.cells);
    if (format === 'json') return { ...one, effects };
    void call.reply.type('text/html; charset=utf-8');
    return letterHtml(incidentCard(one, effects, civilTime));
  }

  private async send(call: Call, incidentId: string, given: IncidentCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'incident', incidentId, given));
  }
}
