import { given } from '#testing/given.js';
import { type ClockSettings, defaultClockSettings } from '../deadlines/clocks.js';
import { complaint } from './complaint.js';
import {
  agreed,
  as,
  at,
  close,
  declined,
  facts,
  filed,
  inMediation,
  now,
  propose,
  proposed,
  refer,
} from './complaint-story.fixture.js';

const answer = (yes: boolean) =>
  ({
    type: 'AnswerSettlement',
    complaintId: 'c1',
    proposalId: 'o1',
    agreed: yes,
    answeredAt: now,
    channel: 'phone',
  }) as const;

describe('a proposal', () => {
  it('is due in thirty days; late is told [charter:9.2]', () => {
    given(complaint, ...filed())
      .when(propose, facts())
      .then([proposed]);
    const late = at('2026-07-09T00:00:00+02:00');
    const told = given(complaint, ...filed()).when({ ...propose, proposedAt: late }, facts({ now: late }));
    expect(told.answer).toEqual([expect.objectContaining({ data: expect.objectContaining({ late: true }) })]);
  });

  it('waits for its answer before the next one is made; a repetition adds nothing [charter:9.2]', () => {
    const next = { ...propose, proposalId: 'o2' };
    given(complaint, ...filed(), proposed)
      .when(propose, facts())
      .then([]);
    given(complaint, ...filed(), proposed)
      .when(next, facts())
      .then({ code: 'complaint-proposal-pending' });
    expect(given(complaint, ...filed(), proposed, declined).when(next, facts()).after?.proposals).toHaveLength(2);
  });

  it('is agreed to or not, once [charter:9.2]', () => {
    given(complaint, ...filed(), proposed)
      .when(answer(true), facts())
      .then([agreed]);
    given(complaint, ...filed(), proposed)
      .when(answer(false), facts())
      .then([declined]);
    given(complaint, ...filed(), proposed, agreed)
      .when(answer(true), facts())
      .then([]);
    given(complaint, ...filed(), proposed, agreed)
      .when(answer(false), facts())
      .then({ code: 'complaint-proposal-answered' });
    given(complaint, ...filed())
      .when(answer(true), facts())
      .then({ code: 'complaint-proposal-unknown' });
  });
});

describe('a referral', () => {
  it('is a documented disclosure: recipient, ground, digest [charter:4.1] [charter:6.3]', () => {
    const { answer: told } = given(complaint, ...filed()).when(refer, facts());
    expect(told).toEqual([
      expect.objectContaining({
        type: 'MediationReferred',
        data: expect.objectContaining({ ground: 'mediation', contentSha256: 'a'.repeat(64), early: true, late: false }),
      }),
    ]);
    given(complaint, ...filed())
      .when(refer, facts(as('l1', 'SupportLead')))
      .then({ code: 'complaint-needs-director' });
  });

  it.each([
    ['2026-08-08T23:00:00+02:00', { early: true, late: false }],
    ['2026-08-09T00:00:00+02:00', { early: false, late: false }],
    ['2027-06-08T23:59:00+02:00', { early: false, late: false }],
    ['2027-06-09T00:00:00+02:00', { early: false, late: true }],
  ])(
    'to the mediator at %s says whether it is early or late, and is refused for neither [charter:6.3]',
    (sent, expected) => {
      const moment = at(sent);
      const told = given(complaint, ...filed()).when({ ...refer, sentAt: moment }, facts({ now: moment }));
      expect(told.answer).toEqual([expect.objectContaining({ data: expect.objectContaining(expected) })]);
    },
  );

  it.each([
    ['insurer', 'insurance-claim', 'InsurerNotified'],
    ['authority', 'legal-obligation', 'AuthorityReferred'],
    ['court', 'legal-claim', 'AuthorityReferred'],
  ] as const)('to the %s is an event of its own [charter:6.2] [charter:9.2]', (recipient, ground, type) => {
    const told = given(complaint, ...filed()).when({ ...refer, recipient, ground }, facts());
    expect(told.answer).toEqual([expect.objectContaining({ type })]);
  });

  it.each([
    ['insurer', 'mediation'],
    ['court', 'member-request'],
    ['mediator', 'insurance-claim'],
  ] as const)('to the %s on the ground « %s » is refused [charter:4.1]', (recipient, ground) => {
    given(complaint, ...filed())
      .when({ ...refer, recipient, ground }, facts())
      .then({ code: 'complaint-ground-wrong' });
  });

  it('to the mediator starts three weeks and 90 days where consumer mediation applies, and nothing where not [charter:6.3]', () => {
    const referred = (settings: ClockSettings) =>
      given(complaint, ...filed()).when(refer, facts({ settings })).answer as readonly { readonly data: object }[];
    expect(referred(inMediation)[0]?.data).toMatchObject({
      clocks: [
        {
          clock: 'mediator-admissibility',
          lastDay: '2026-06-29',
          derivation: '21 jours à compter du lendemain du lundi 8 juin → lundi 29 juin 2026, 24 h',
        },
        { clock: 'mediator-outcome', lastDay: '2026-09-06' },
      ],
    });
    expect(referred(defaultClockSettings)[0]?.data).not.toHaveProperty('clocks');
    const insurer = { ...refer, recipient: 'insurer', ground: 'insurance-claim' } as const;
    const { answer: told } = given(complaint, ...filed()).when(insurer, facts());
    expect(JSON.stringify(told)).not.toContain('mediator-');
  });

  it('may follow the closing, and is recorded once', () => {
    const { answer: closed } = given(complaint, ...filed()).when(close, facts());
    const { answer: referred } = given(complaint, ...filed(), ...(closed as never[])).when(refer, facts());
    expect(referred).toHaveLength(1);
    given(complaint, ...filed(), ...(referred as never[]))
      .when(refer, facts())
      .then([]);
  });
});
