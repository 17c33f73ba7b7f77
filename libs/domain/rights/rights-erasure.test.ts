import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import type { LocalDate } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { type CustodyState, initialCustody } from '../custody/state.js';
import type { GridLine } from './commands.js';
import {
  DataErasureRequested,
  MOST_LINES,
  RightsAnswerSent,
  RightsDecisionMade,
  RightsDecisionPartMade,
  RightsRequestClosed,
} from './events.js';
import { rights } from './rights.js';
import {
  checked,
  decideErasure,
  erase,
  facts,
  heldSession,
  identity,
  keep,
  now,
  receive,
  received,
  session,
} from './rights-story.fixture.js';

describe('a request for erasure', () => {
  it('opens as DataErasureRequested and destroys nothing by itself [charter:4.3]', () => {
    const asked = event(DataErasureRequested, { rightsId: 'r1', memberId: 'm1', channel: 'phone', requestedAt: now });
    given(rights)
      .when(receive('erasure'), facts())
      .then([received('erasure'), asked]);
  });

  it('is decided cell by cell, and a partial one says why [charter:4.3]', () => {
    const partly = decideErasure([erase(identity), keep(session)], 'Une réclamation est en cours.');
    given(rights, received('erasure'), checked)
      .when(partly, facts({ custody: heldSession }))
      .then([
        event(RightsDecisionMade, {
          rightsId: 'r1',
          memberId: 'm1',
          decision: 'partly',
          grounds: ['legal-claim'],
          reasons: 'Une réclamation est en cours.',
          erase: [identity],
          keep: [{ cell: session, ground: 'legal-claim' }],
          decidedAs: 'director',
          decidedAt: now,
          late: false,
        }),
      ]);
    given(rights, received('erasure'), checked)
      .when(decideErasure([erase(identity), keep(session)]), facts())
      .then({ code: 'rights-reasons-missing' });
  });

  it.each([
    ['a cell without a decision', [erase(identity)]],
    ['a cell twice', [erase(identity), erase(session), keep(session)]],
    ['a cell of somebody else', [erase(identity), erase(session), erase('m2/identity')]],
    ['no line at all', []],
  ])('is refused with %s in its grid', (_, grid) => {
    given(rights, received('erasure'), checked)
      .when(decideErasure(grid), facts())
      .then({ code: 'rights-grid-incomplete' });
  });

  it('never erases what is held [charter:8.1f]', () => {
    given(rights, received('erasure'), checked)
      .when(decideErasure([erase(identity), erase(session)]), facts({ custody: heldSession }))
      .then({ code: 'rights-cell-held' });
  });

  it('closes only after the certificate', () => {
    const story = given(rights, received('erasure'), checked);
    const decided = story.when(decideErasure([erase(identity), erase(session)]), facts());
    if (isRefusal(decided.answer)) throw new Error('refused');
    const sent = given(rights, received('erasure'), checked, ...decided.answer).when(
      { type: 'SendRightsAnswer', rightsId: 'r1', channel: 'paper', sentAt: now },
      facts(),
    );
    if (isRefusal(sent.answer)) throw new Error('refused');
    const answered = given(rights, received('erasure'), checked, ...decided.answer, ...sent.answer);
    const destruction = {
      destructionId: 'd1',
      reference: 'r1',
      cells: [identity, session],
      destroyed: true,
      readBack: [],
      certificateId: undefined,
    };
    const close = { type: 'CloseRightsRequest', rightsId: 'r1' } as const;
    const withDestruction = (certificateId: string | undefined) =>
      facts({ custody: { holds: [], destructions: [{ ...destruction, certificateId }] } });
    answered.when(close, facts()).then({ code: 'rights-erasure-unfinished' });
    answered.when(close, withDestruction(undefined)).then({ code: 'rights-erasure-unfinished' });
    expect(answered.when(close, withDestruction('c1')).answer).toHaveLength(1);
  });
});

describe('a decision on more cells than one event lists', () => {
  const sessions = ['s1', 's2', 's3', 's4'].map((id) => `m1/session:${id}`);
  const many = (more: object = {}) => facts({ cells: [identity, ...sessions], mostLines: 2, ...more });
  const decided = (grid: readonly GridLine[], more?: object) => {
    const story = given(rights, received('erasure'), checked);
    const { answer } = story.when(decideErasure(grid, 'Un litige est en cours.'), many(more));
    if (isRefusal(answer)) throw new Error(answer.code);
    return answer;
  };

  it('is told in parts, each cell once; the decision itself comes last, with the first of them [charter:4.3]', () => {
    const part = (number: number, erase: readonly string[], keep: object[] = []) =>
      event(RightsDecisionPartMade, {
        rightsId: 'r1',
        memberId: 'm1',
        part: number,
        erase,
        keep,
        decidedAt: now,
      } as never);
    const [s1 = '', s2 = '', s3 = '', s4 = ''] = sessions;
    const answer = decided([keep(s4), erase(identity), erase(s1), keep(s2), erase(s3)]);
    expect(answer.slice(0, 2)).toEqual([
      part(2, [s3], [{ ground: 'legal-claim', cells: [s4] }]),
      part(3, [], [{ ground: 'legal-claim', cells: [s2] }]),
    ]);
    expect(answer[2]).toMatchObject({ type: 'RightsDecisionMade', data: { erase: [identity, s1], keep: [] } });
    expect(answer[2]).toMatchObject({ data: { decision: 'partly', grounds: ['legal-claim'] } });
    expect(answer).toHaveLength(3);
  });

  it('is closed when each part that erases something is certified, not before', () => {
    const answer = decided([identity, ...sessions].map(erase));
    const sent = event(RightsAnswerSent, {
      ...{ rightsId: 'r1', memberId: 'm1', channel: 'paper', sentAt: now, late: false },
    });
    const certified = (count: number): CustodyState => ({
      ...initialCustody,
      destructions: Array.from({ length: count }, (_, n) => ({
        ...{ destructionId: `d${n}`, reference: 'r1', cells: [], destroyed: true },
        ...{ readBack: [], certificateId: `c${n}` },
      })),
    });
    const close = { type: 'CloseRightsRequest', rightsId: 'r1' } as const;
    const story = given(rights, received('erasure'), checked, ...answer, sent);
    story.when(close, many({ custody: certified(2) })).then({ code: 'rights-erasure-unfinished' });
    story
      .when(close, many({ custody: certified(3) }))
      .then([event(RightsRequestClosed, { rightsId: 'r1', memberId: 'm1', closedAt: now })]);
  });

  it('of ten thousand cells fits in one append, whatever is decided on them', () => {
    const cell = (n: number) => `${'m'.repeat(36)}/session:${String(n).padStart(36, '0')}`;
    const cells = Array.from({ length: 10_000 }, (_, n) => cell(n));
    const until = '2031-06-02' as LocalDate;
    for (const line of [
      erase,
      (one: string): GridLine => ({ ...keep(one), ground: 'legal-obligation', until }) as GridLine,
    ]) {
      const answer = decided(cells.map(line), { cells, mostLines: MOST_LINES });
      for (const { data, type } of answer)
        for (const definition of [RightsDecisionMade, RightsDecisionPartMade])
          if (definition.type === type) expect(definition.schema.safeParse(data).success).toBe(true);
      expect(answer).toHaveLength(5);
      expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(980_000);
    }
  });
});
