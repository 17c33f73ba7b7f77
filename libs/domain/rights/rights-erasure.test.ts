import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import { given } from '#testing/given.js';
import { DataErasureRequested, RightsDecisionMade } from './events.js';
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
