import { Body, Controller, Inject, Query } from '@nestjs/common';
import { retentionDayToCome } from '#domain/retention/refusals.js';
import type { LocalDate } from '#kernel/time.js';
import { plusDays, plusMonths } from '#views/local-day.js';
import { retentionView } from '#views/retention.js';
import { listRetentionRuns, retentionCalendar } from '#views/retention-queries.js';
import { PageQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault, refused } from '../problems/problem-fault.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { RetentionQuery, RunRetentionBody } from './retention-bodies.js';

/** How long what is kept, and the run that ends it: every night by itself, or by hand. */
@Controller()
export class RetentionController {
  constructor(
    @Inject(PARTS) private readonly parts: ServiceParts,
    private readonly queries: Queries,
  ) {}

  @Answers('retentionCalendar')
  calendar(@Query() { waitFor, month }: RetentionQuery) {
    return this.queries.ask(retentionView, waitFor, (deps) =>
      retentionCalendar(deps, month === undefined ? {} : { until: lastDayOf(month) }),
    );
  }

  @Answers('listRetentionRuns')
  async runs(@Caller() call: Call, @Query() query: PageQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(retentionView, waitFor, (deps) => listRetentionRuns(deps, params)));
  }

  /** The same day again changes nothing. */
  @Answers('runRetention')
  async run(@Caller() call: Call, @Body() { dry, day }: RunRetentionBody) {
    const { retention } = this.parts;
    const chosen = day ?? retention.today();
    if (dry) {
      const items = await retention.plan(chosen);
      const held = items.filter(({ standing }) => standing === 'held').length;
      return { dry: true, day: chosen, due: items.length, held, items };
    }
    if (chosen > retention.today())
      throw refused(retentionDayToCome(undefined, [{ pointer: '/day', detail: 'à venir' }]));
    const { staffId, roles } = call.person;
    try {
      return { dry: false, ...(await retention.run(chosen, { actor: staffId, actorRoles: roles })) };
    } catch (error) {
      const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
      if (name === 'RetentionError' && code === 'view-behind') throw fault('view-behind', { retryAfter: 5 });
      throw error;
    }
  }
}

const lastDayOf = (month: string): LocalDate => plusDays(plusMonths(`${month}-01` as LocalDate, 1), -1);
