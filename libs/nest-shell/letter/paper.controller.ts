import { Controller, Inject, Param, Query } from '@nestjs/common';
import type { Paper } from '#application/letters/paper.js';
import { consentForm, oralScript } from '#application/letters/paper-consent.js';
import { annualStatistics } from '#application/letters/paper-statistics.js';
import { technicianUndertaking } from '#application/letters/paper-undertaking.js';
import { charter } from '#domain/charter/charter.js';
import { versionInForce } from '#domain/charter/state.js';
import type { Opened } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import { type AppointmentDocument, appointmentsView } from '#views/appointments.js';
import { type CharterDocument, chartersView, getCharter } from '#views/charters.js';
import { getMember, membersView } from '#views/members.js';
import { ruleApplicationsView } from '#views/rule-applications.js';
import { ruleCompliance } from '#views/rule-compliance.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { Consultations } from '../queries/consultations.js';
import { viewerOf } from '../queries/rule-compliance.controller.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { FilledPaperQuery, type PaperFormat, PaperQuery, StatisticsQuery } from './paper-queries.js';

/** Papers to print: from the charter in force, and in figures. Nothing is kept of having asked for a blank one. */
@Controller()
export class PaperController {
  constructor(
    private readonly queries: Queries,
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('blankConsentForm')
  async form(@Caller() call: Call, @Query() { waitFor, format }: PaperQuery) {
    return printed(call, format, consentForm(await this.charterOn(call, this.today(), waitFor), this.parts.civilTime));
  }

  /** Erased is blank: it is written by hand. */
  @Answers('filledConsentForm')
  async filled(@Caller() call: Call, @Param('sessionId') sessionId: string, @Query() query: FilledPaperQuery) {
    const { purpose, waitFor, format } = query;
    const { appointment, member } = await this.queries.ask([appointmentsView, membersView], waitFor, async (deps) => {
      const one = await deps.viewStore.get(appointmentsView.schema, 'appointments', sessionId);
      const appointment = found(call, one as unknown as AppointmentDocument | undefined);
      return { appointment, member: found(call, await getMember(deps, appointment.memberId)) };
    });
    const { memberId, startsAt, endsAt, localDay } = appointment;
    const version = await this.charterOn(call, localDay, waitFor);
    const { name, membershipNumber } = member.identity;
    await this.consultations.record(call, 'consent', purpose, [{ memberId, sessionId }]);
    const filled = { name: present(name), membershipNumber: present(membershipNumber), startsAt, endsAt };
    return printed(call, format, consentForm(version, this.parts.civilTime, filled));
  }

  @Answers('oralScript')
  async script(@Caller() call: Call, @Query() { waitFor, format }: PaperQuery) {
    return printed(call, format, oralScript(await this.charterOn(call, this.today(), waitFor), this.parts.civilTime));
  }

  @Answers('technicianUndertaking')
  async undertaking(@Caller() call: Call, @Query() { waitFor, format }: PaperQuery) {
    const version = await this.charterOn(call, this.today(), waitFor);
    return printed(call, format, technicianUndertaking(version, this.parts.civilTime));
  }

  @Answers('annualStatistics')
  async statistics(@Caller() call: Call, @Query() query: StatisticsQuery) {
    const { waitFor, format, year = this.today().slice(0, 4) } = query;
    const { temoin, civilTime } = this.parts;
    const viewer = viewerOf(call);
    const months = { from: `${year}-01`, to: `${year}-12` };
    const figures = await this.queries.ask([ruleApplicationsView], waitFor, (deps) =>
      ruleCompliance(deps, months, viewer),
    );
    const about = { year: Number(year), at: temoin.clock.now(), small: viewer.small };
    return printed(call, format, annualStatistics(figures, about, civilTime));
  }

  private today(): LocalDate {
    return this.parts.civilTime.toLocal(this.parts.temoin.clock.now()).date;
  }

  /** 404 while no charter is in force: a paper quotes one. */
  private async charterOn(call: Call, day: LocalDate, waitFor: string | undefined): Promise<CharterDocument> {
    const version = versionInForce(await this.parts.temoin.reader.state(charter, 'association'), day);
    const { charterVersionId } = found(call, version);
    return this.queries.ask([chartersView], waitFor, async (deps) =>
      found(call, await getCharter(deps, charterVersionId)),
    );
  }
}

const present = (value: Opened<string> | undefined): string | undefined =>
  value?.state === 'present' ? value.value : undefined;

function printed({ reply }: Call, format: PaperFormat = 'json', one: Paper): Paper | string {
  if (format === 'json') return one;
  void reply.type(format === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
  return format === 'html' ? one.html : one.text;
}
