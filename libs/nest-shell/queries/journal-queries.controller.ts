import { Controller, Param, Query } from '@nestjs/common';
import { appointmentsView, listAppointments } from '#views/appointments.js';
import { consentsView } from '#views/consents.js';
import { getConsent, listConsents } from '#views/consents-queries.js';
import { journalView } from '#views/journal.js';
import { getSession, listJournal } from '#views/journal-queries.js';
import { asOf } from '#views/query.js';
import { getRequest, listRequests, requestsView } from '#views/requests.js';
import { PurposeQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found, listed } from './answers.js';
import { Queries } from './ask.js';
import { Consultations } from './consultations.js';
import { AppointmentsQuery, ConsentsQuery, JournalQuery, RequestsQuery } from './query-bodies.js';

/** The journal, consents, requests and appointments. Lists open nothing of what was said; a file is read for a purpose, and recorded. */
@Controller()
export class JournalQueriesController {
  constructor(
    private readonly queries: Queries,
    private readonly consultations: Consultations,
  ) {}

  @Answers('listJournal')
  async journal(@Caller() call: Call, @Query() query: JournalQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(journalView, waitFor, (deps) => listJournal(deps, params)));
  }

  @Answers('getJournalEntry')
  async entry(@Caller() call: Call, @Param('sessionId') sessionId: string, @Query() query: PurposeQuery) {
    const views = [journalView, consentsView, requestsView];
    const file = await this.queries.ask(views, query.waitFor, (deps) => getSession(deps, sessionId));
    const memberId = file?.session?.memberId ?? file?.request?.memberId;
    if (memberId !== undefined)
      await this.consultations.record(call, 'journal-entry', query.purpose, [{ memberId, sessionId }]);
    const revision = file?.session?.revision;
    return found(call, file && (revision === undefined ? file : { ...file, revision }));
  }

  @Answers('listConsents')
  async consents(@Caller() call: Call, @Query() query: ConsentsQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(consentsView, waitFor, (deps) => listConsents(deps, params)));
  }

  @Answers('getConsent')
  async consent(@Caller() call: Call, @Param('sessionId') sessionId: string, @Query() query: PurposeQuery) {
    const consent = await this.queries.ask(consentsView, query.waitFor, async (deps) => {
      const one = await getConsent(deps, sessionId);
      return one && { ...one, asOf: await asOf(deps.viewStore, consentsView.schema) };
    });
    if (consent !== undefined)
      await this.consultations.record(call, 'consent', query.purpose, [{ memberId: consent.memberId, sessionId }]);
    return found(call, consent);
  }

  @Answers('listRequests')
  async requests(@Caller() call: Call, @Query() query: RequestsQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(requestsView, waitFor, (deps) => listRequests(deps, params)));
  }

  @Answers('getRequest')
  async request(@Caller() call: Call, @Param('requestId') requestId: string, @Query() query: PurposeQuery) {
    const request = await this.queries.ask(requestsView, query.waitFor, async (deps) => {
      const one = await getRequest(deps, requestId);
      return one && { ...one, asOf: await asOf(deps.viewStore, requestsView.schema) };
    });
    if (request !== undefined)
      await this.consultations.record(call, 'member-file', query.purpose, [{ memberId: request.memberId }]);
    return found(call, request);
  }

  @Answers('listAppointments')
  async appointments(@Caller() call: Call, @Query() query: AppointmentsQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(appointmentsView, waitFor, (deps) => listAppointments(deps, params)));
  }
}
