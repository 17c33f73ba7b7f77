import { Body, Controller, Inject, Query } from '@nestjs/common';
import { mayConsult } from '#domain/access/decide.js';
import { notNeedToKnow } from '#domain/access/refusals.js';
import { journalView } from '#views/journal.js';
import { membersView, restrictedMembers } from '#views/members.js';
import { WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { refused } from '../problems/problem-fault.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { Queries } from './ask.js';
import { Consultations } from './consultations.js';
import { SearchJournalBody } from './journal-search-body.js';

/** GDPR 18(2): restricted data is used for claims and for the rights of others, and otherwise left alone. */
const RESTRICTED_ALLOW: ReadonlySet<string> = new Set(['dispute', 'rights']);

/** Keyword search over the journal. Whoever sees a hit has read in that member's file: each is recorded, with the purpose. */
@Controller()
export class JournalSearchController {
  constructor(
    private readonly queries: Queries,
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('searchJournal')
  async search(@Caller() call: Call, @Query() { waitFor }: WaitQuery, @Body() body: SearchJournalBody) {
    const { purpose, ...question } = body;
    // also where nothing is found: that nothing is found says something too
    if (!mayConsult(call.person.roles, purpose)) throw refused(notNeedToKnow());
    const answer = await this.queries.ask([journalView, membersView], waitFor, async (deps) => {
      const without = RESTRICTED_ALLOW.has(purpose) ? undefined : await restrictedMembers(deps);
      return this.parts.journalIndex.search({ ...question, ...(without === undefined ? {} : { without }) });
    });
    const ofMember = new Map<string, string[]>();
    for (const { memberId, sessionId } of answer.items)
      ofMember.set(memberId, [...(ofMember.get(memberId) ?? []), sessionId]);
    await Promise.all(
      [...ofMember].map(([memberId, sessionIds]) =>
        this.consultations.record(
          call,
          'journal-entry',
          purpose,
          sessionIds.map((sessionId) => ({ memberId, sessionId })),
        ),
      ),
    );
    return answer;
  }
}
