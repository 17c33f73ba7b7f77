import { Controller, Inject, Query } from '@nestjs/common';
import type { Role } from '#domain/shared/facts.js';
import { accessesView, listAccesses } from '#views/accesses.js';
import { board, boardView } from '#views/board.js';
import { closuresView } from '#views/closures.js';
import { compliance, reviewViews } from '#views/compliance-queries.js';
import { deviationsUnderReview } from '#views/deviation-reviews.js';
import { workQueue, workViews } from '#views/work-queue.js';
import { WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { listed } from './answers.js';
import { Queries } from './ask.js';
import { AccessesQuery, ComplianceQuery, DeviationsQuery } from './query-bodies.js';

/** Who sees what waits for a decision on rights, holds and reported texts; a delegate comes with one of these roles. */
const DECIDING: ReadonlySet<Role> = new Set(['Director', 'President', 'SupportLead']);

/** What waits, what runs, what went wrong, who read what. */
@Controller()
export class OverviewController {
  constructor(
    private readonly queries: Queries,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('workQueue')
  work(@Caller() { person }: Call, @Query() { waitFor }: WaitQuery) {
    const decides = person.roles.some((role) => DECIDING.has(role));
    return this.queries.ask(workViews(decides), waitFor, (deps) =>
      workQueue({ ...deps, civilTime: this.parts.civilTime }, { decides, roles: person.roles }),
    );
  }

  /** Shows what the technician at work must see: scope, folders not to touch, time left. */
  @Answers('liveBoard')
  board(@Query() { waitFor }: WaitQuery) {
    return this.queries.ask(boardView, waitFor, board);
  }

  @Answers('compliance')
  compliance(@Query() query: ComplianceQuery) {
    const { waitFor, ...period } = query;
    return this.queries.ask(reviewViews, waitFor, (deps) => compliance(deps, period));
  }

  @Answers('listDeviations')
  async deviations(@Caller() call: Call, @Query() query: DeviationsQuery) {
    const { waitFor, ...params } = query;
    const { civilTime } = this.parts;
    return listed(
      call,
      await this.queries.ask([...reviewViews, closuresView], waitFor, (deps) =>
        deviationsUnderReview({ ...deps, civilTime }, params),
      ),
    );
  }

  @Answers('listAccesses')
  async accesses(@Caller() call: Call, @Query() query: AccessesQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(accessesView, waitFor, (deps) => listAccesses(deps, params)));
  }
}
