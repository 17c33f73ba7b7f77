import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { type Letter, letterHtml, letterText } from '#application/documents/letter.js';
import { answerTo, decisionMade, decisionThoughtOf, extensionNotice } from '#application/rights/answer.js';
import type { Answer, AnswerDecision } from '#application/rights/answer-data.js';
import { decisionGrid } from '#application/rights/decision-grid.js';
import { decisionMissing, gridIncomplete } from '#domain/rights/refusals.js';
import { isWithinCell } from '#kernel/sealed.js';
import { destructionsView } from '#views/destructions.js';
import { localDayOf } from '#views/local-day.js';
import { membersView } from '#views/members.js';
import { asOf, type ViewDeps } from '#views/query.js';
import { type RightsDocument, rightsView } from '#views/rights.js';
import { getRights, listRights, rightsDocument } from '#views/rights-queries.js';
import { PurposeQuery, WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault, refused } from '../problems/problem-fault.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { Consultations } from '../queries/consultations.js';
import { holdsUnreadable } from '../queries/unreadable.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { AnswerQuery, DecideRightsBody, gridLines, RightsQuery } from './rights-bodies.js';

const VIEWS = [rightsView, membersView, destructionsView];

/** Cases, what there is to decide on, and what the member is told. What was said is opened for a purpose, and recorded. */
@Controller()
export class RightsQueriesController {
  constructor(
    private readonly queries: Queries,
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('listRights')
  async list(@Caller() call: Call, @Query() query: RightsQuery) {
    const { waitFor, open, late, ...rest } = query;
    const state = open === undefined ? {} : { open: open === 'true' };
    const params = { ...rest, ...state, late: late === 'true' };
    return listed(call, await this.queries.ask(VIEWS, waitFor, (deps) => listRights(this.withTime(deps), params)));
  }

  @Answers('getRights')
  async one(@Caller() call: Call, @Param('rightsId') rightsId: string, @Query() { purpose, waitFor }: PurposeQuery) {
    const file = await this.queries.ask(VIEWS, waitFor, (deps) => getRights(this.withTime(deps), rightsId));
    if (file !== undefined)
      await this.consultations.record(call, 'member-file', purpose, [{ memberId: file.memberId }]);
    return found(call, file);
  }

  /** Names what there is and opens nothing of it: no purpose is asked. */
  @Answers('rightsGrid')
  async grid(@Caller() call: Call, @Param('rightsId') rightsId: string, @Query() { waitFor }: WaitQuery) {
    const { temoin, civilTime } = this.parts;
    return this.queries.ask(rightsView, waitFor, async (deps) => {
      const upTo = await asOf(deps.viewStore, rightsView.schema);
      const grid = found(call, await decisionGrid(temoin, civilTime, rightsId));
      return { ...grid, asOf: upTo };
    });
  }

  @Answers('rightsAnswer')
  async answer(@Caller() call: Call, @Param('rightsId') rightsId: string, @Query() query: AnswerQuery) {
    const { purpose, waitFor, format } = query;
    const answer = await this.queries.ask(VIEWS, waitFor, async (deps) => {
      const one = found(call, await rightsDocument(deps, rightsId));
      const made = await decisionMade(deps, one);
      if (made === undefined) throw refused(decisionMissing());
      return this.tell(deps, one, made);
    });
    await this.consultations.record(call, 'member-file', purpose, [{ memberId: answer.memberId }]);
    return asked(call, answer, format);
  }

  @Answers('extensionLetter')
  async extension(@Caller() call: Call, @Param('rightsId') rightsId: string, @Query() query: AnswerQuery) {
    const { purpose, waitFor, format } = query;
    const notice = await this.queries.ask(VIEWS, waitFor, async (deps) => {
      const one = found(call, await rightsDocument(deps, rightsId));
      return found(call, await extensionNotice(this.letterDeps(deps), one));
    });
    await this.consultations.record(call, 'member-file', purpose, [{ memberId: notice.memberId }]);
    return asked(call, notice, format);
  }

  /** Before the decision, because after an erasure nobody can read the address any more. */
  @Answers('previewAnswer')
  async preview(
    @Caller() call: Call,
    @Param('rightsId') rightsId: string,
    @Query() { waitFor }: WaitQuery,
    @Body() { grid, ...body }: DecideRightsBody,
  ) {
    const lines = gridLines(grid ?? []);
    const answer = await this.queries.ask(VIEWS, waitFor, async (deps) => {
      const one = found(call, await rightsDocument(deps, rightsId));
      const foreign = lines.findIndex(({ cell }) => !isWithinCell(cell, one.memberId));
      if (foreign >= 0)
        throw refused(gridIncomplete(undefined, [{ pointer: `/grid/${foreign}`, detail: 'donnée inconnue' }]));
      return this.tell(deps, one, decisionThoughtOf(one, { ...body, grid: lines }));
    });
    await this.consultations.record(call, 'member-file', 'rights', [{ memberId: answer.memberId }]);
    return { ...answer, html: letterHtml(answer.letter), text: letterText(answer.letter) };
  }

  private async tell(deps: ViewDeps, one: RightsDocument, told: AnswerDecision): Promise<Answer> {
    const answer = await answerTo(this.letterDeps(deps), one, told);
    // a letter with a hole is none
    if (holdsUnreadable(answer)) throw fault('value-unreadable');
    return answer;
  }

  private letterDeps({ viewStore, opener, now }: ViewDeps) {
    return { viewStore, opener, time: this.parts.civilTime, today: localDayOf(now) };
  }

  private withTime(deps: ViewDeps) {
    return { ...deps, civilTime: this.parts.civilTime };
  }
}

/** The answer as data, or its letter alone. */
function asked<T extends { readonly letter: Letter }>(
  { reply }: Call,
  answer: T,
  format: AnswerQuery['format'],
): T | string {
  if (format === undefined || format === 'json') return answer;
  void reply.type(format === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
  return format === 'html' ? letterHtml(answer.letter) : letterText(answer.letter);
}
