import { Controller, Param, Query } from '@nestjs/common';
import { findRule } from '#domain/charter/rules.js';
import type { Role } from '#domain/shared/facts.js';
import { people } from '#views/deadline-papers.js';
import { type RuleOutcome, ruleOutcomes } from '#views/rule-application.js';
import { ruleApplicationsView } from '#views/rule-applications.js';
import { type ComplianceViewer, ruleCompliance, ruleDetail } from '#views/rule-compliance.js';
import { staffView } from '#views/staff.js';
import { OneOf, Pattern } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';
import { WaitFor } from '../fields/query-fields.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found, listed } from './answers.js';
import { Queries } from './ask.js';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const FROM = { doc: 'From this month on (YYYY-MM).', optional: true, example: '2026-01' } as const;
const TO = { doc: 'Up to this month, included.', optional: true, example: '2026-12' } as const;

export class RuleComplianceQuery {
  @WaitFor() declare readonly waitFor?: string;
  @Pattern(MONTH, 'un mois, par exemple 2026-06', FROM) declare readonly from?: string;
  @Pattern(MONTH, 'un mois, par exemple 2026-06', TO) declare readonly to?: string;
}

export class RuleDetailQuery extends PageQuery {
  @Pattern(MONTH, 'un mois, par exemple 2026-06', FROM) declare readonly from?: string;
  @Pattern(MONTH, 'un mois, par exemple 2026-06', TO) declare readonly to?: string;
  @OneOf(ruleOutcomes, { doc: 'Only these.', optional: true }) declare readonly outcome?: RuleOutcome;
}

const SEES_SMALL: readonly Role[] = ['Director', 'President'];
const SEES_TECHNICIANS: readonly Role[] = ['Director', 'President', 'SupportLead'];

/** The charter, rule by rule: what was kept, refused in time, broken, and what was never put to the test. */
@Controller()
export class RuleComplianceController {
  constructor(private readonly queries: Queries) {}

  @Answers('ruleCompliance')
  all(@Caller() call: Call, @Query() { waitFor, ...months }: RuleComplianceQuery) {
    return this.queries.ask(ruleApplicationsView, waitFor, (deps) => ruleCompliance(deps, months, viewerOf(call)));
  }

  @Answers('ruleDetail')
  async one(@Caller() call: Call, @Param('row') row: string, @Query() { waitFor, ...params }: RuleDetailQuery) {
    const rule = found(call, findRule(`charter:${row}`));
    return listed(
      call,
      await this.queries.ask([ruleApplicationsView, staffView], waitFor, async (deps) => {
        const staffIds = (await people(deps)).map(({ staffId }) => staffId);
        return ruleDetail(deps, rule, params, viewerOf(call), staffIds);
      }),
    );
  }
}

/** Small counts lead back to people. */
export const viewerOf = ({ person }: Call): ComplianceViewer => ({
  small: person.roles.some((role) => SEES_SMALL.includes(role)),
  technicians: person.roles.some((role) => SEES_TECHNICIANS.includes(role)),
});
