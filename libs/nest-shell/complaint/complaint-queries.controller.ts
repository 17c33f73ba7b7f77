import { Controller, Inject, Param, Query } from '@nestjs/common';
import { associationRecordsView } from '#views/association-records.js';
import { complaintsView } from '#views/complaints.js';
import { getComplaint, listComplaints } from '#views/complaints-queries.js';
import { deadlineViews, listDeadlines } from '#views/deadlines.js';
import { holdsView } from '#views/holds.js';
import { coverOfComplaint } from '#views/insurance-cover.js';
import { membersView } from '#views/members.js';
import { PurposeQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { Consultations } from '../queries/consultations.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { ComplaintsQuery } from './complaint-bodies.js';
import { DeadlinesQuery } from './deadlines-query.js';

const VIEWS = [complaintsView, holdsView, membersView, associationRecordsView];

/** Complaints with their clocks, and everything that is due. What was said is opened for a purpose, and recorded. */
@Controller()
export class ComplaintQueriesController {
  constructor(
    private readonly queries: Queries,
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('listComplaints')
  async list(@Caller() call: Call, @Query() query: ComplaintsQuery) {
    const { waitFor, open, promptLate, formalLate, ...rest } = query;
    const flags = Object.fromEntries(
      Object.entries({ open, promptLate, formalLate }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value === 'true']],
      ),
    );
    return listed(
      call,
      await this.queries.ask([complaintsView, membersView], waitFor, (deps) =>
        listComplaints(deps, { ...rest, ...flags }),
      ),
    );
  }

  /** A technician reads the complaint that they inquire into, and no other; who decides sees the insurance too (11 d). */
  @Answers('getComplaint')
  async one(
    @Caller() call: Call,
    @Param('complaintId') complaintId: string,
    @Query() { purpose, waitFor }: PurposeQuery,
  ) {
    const { roles, staffId } = call.person;
    const decides = roles.some((role) => role === 'Director' || role === 'President');
    const file = await this.queries.ask(VIEWS, waitFor, async (deps) => {
      const one = await getComplaint(deps, complaintId);
      return one !== undefined && decides ? { ...one, insurance: await coverOfComplaint(deps, one) } : one;
    });
    const inquires = file?.inquirerId === staffId;
    if (file !== undefined && !inquires && roles.every((role) => role === 'Technician')) throw fault('role-missing');
    if (file !== undefined) await this.consultations.record(call, 'complaint', purpose, [{ memberId: file.memberId }]);
    return found(call, file);
  }

  @Answers('listDeadlines')
  async deadlines(@Caller() call: Call, @Query() { waitFor, ...params }: DeadlinesQuery) {
    const { civilTime } = this.parts;
    return listed(
      call,
      await this.queries.ask(deadlineViews, waitFor, (deps) => listDeadlines({ ...deps, civilTime }, params)),
    );
  }
}
