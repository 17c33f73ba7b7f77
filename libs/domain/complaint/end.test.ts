import fc from 'fast-check';
import { isRefusal } from '#kernel/refusal.js';
import { given } from '#testing/given.js';
import type { ComplaintCommand } from './commands.js';
import { complaint } from './complaint.js';
import {
  agreed,
  at,
  close,
  declined,
  facts,
  file,
  filed,
  now,
  propose,
  proposed,
  qualify,
  refer,
} from './complaint-story.fixture.js';
import { holdIdOf } from './state.js';

const withdraw = { type: 'WithdrawComplaint', complaintId: 'c1', withdrawnAt: now, channel: 'phone' } as const;
const reopen = {
  type: 'ReopenComplaint',
  complaintId: 'c1',
  newFact: 'Le réparateur a trouvé une autre cause.',
} as const;
const eventsOf = (past: readonly unknown[], command: ComplaintCommand, known = facts()): never[] => {
  const { answer } = given(complaint, ...(past as never[])).when(command, known);
  if (isRefusal(answer)) throw new Error(answer.code);
  return answer as never[];
};

describe('closing', () => {
  it('gives the way to the mediator in the final answer [charter:6.3]', () => {
    given(complaint, ...filed())
      .when({ ...close, mediatorContactGiven: false }, facts())
      .then({ code: 'complaint-mediator-missing' });
    expect(eventsOf(filed(), close)).toEqual([expect.objectContaining({ type: 'ComplaintClosed' })]);
    const { mediatorContactGiven: _, ...unsaid } = close;
    given(complaint, ...filed())
      .when(unsaid, facts())
      .then({ code: 'complaint-mediator-missing' });
    expect(eventsOf(filed(), unsaid, facts({ mediatorRecorded: true }))).toMatchObject([
      { data: { mediatorContactGiven: true } },
    ]);
  });

  it('waits for a proposal’s answer, and says nothing settled or referred that is not [charter:9.2]', () => {
    given(complaint, ...filed(), proposed)
      .when(close, facts())
      .then({ code: 'complaint-proposal-pending' });
    const settled = { ...close, outcome: 'settled' } as const;
    given(complaint, ...filed(), proposed, declined)
      .when(settled, facts())
      .then({ code: 'complaint-nothing-agreed' });
    expect(eventsOf([...filed(), proposed, agreed], settled)).toHaveLength(1);
    const referred = { ...close, outcome: 'referred' } as const;
    given(complaint, ...filed())
      .when(referred, facts())
      .then({ code: 'complaint-nothing-referred' });
    expect(eventsOf([...filed(), ...eventsOf(filed(), refer)], referred)).toHaveLength(1);
  });

  it('or withdrawing ends the case; nothing goes on in it', () => {
    const closed = [...filed(), ...eventsOf(filed(), close)];
    given(complaint, ...(closed as never[]))
      .when(close, facts())
      .then([]);
    given(complaint, ...(closed as never[]))
      .when(withdraw, facts())
      .then({ code: 'complaint-ended' });
    given(complaint, ...(closed as never[]))
      .when(propose, facts())
      .then({ code: 'complaint-ended' });
    const withdrawn = [...filed(), ...eventsOf(filed(), withdraw)];
    given(complaint, ...(withdrawn as never[]))
      .when(withdraw, facts())
      .then([]);
    given(complaint, ...(withdrawn as never[]))
      .when(close, facts())
      .then({ code: 'complaint-ended' });
  });
});

describe('reopening', () => {
  it('on a new fact starts the proposal’s clock again and asks for a hold of its own [charter:9.2] [charter:8.1f]', () => {
    const closed = [...filed(), ...eventsOf(filed(), close)];
    const later = facts({ now: at('2026-09-01T09:00:00+02:00') });
    const { after } = given(complaint, ...(closed as never[])).when(reopen, later);
    expect(after).toMatchObject({ ended: undefined, qualified: false, proposeBy: '2026-10-01', opening: 2 });
    expect(holdIdOf('c1', after?.opening ?? 0)).toBe('c1.h2');
    given(complaint, ...filed())
      .when(reopen, later)
      .then([]);
  });
});

describe('in any order of commands', () => {
  const commands = fc.constantFrom<ComplaintCommand>(
    file,
    { type: 'AcknowledgeComplaint', complaintId: 'c1', acknowledgedAt: now, channel: 'email' },
    { type: 'OpenInvestigation', complaintId: 'c1', inquirerId: 't2' },
    { type: 'OpenInvestigation', complaintId: 'c1', inquirerId: 't1' },
    qualify,
    propose,
    { ...propose, proposalId: 'o2' },
    { type: 'AnswerSettlement', complaintId: 'c1', proposalId: 'o1', agreed: true, answeredAt: now, channel: 'phone' },
    { type: 'AnswerSettlement', complaintId: 'c1', proposalId: 'o2', agreed: false, answeredAt: now, channel: 'phone' },
    refer,
    { ...close, outcome: 'settled' },
    close,
    withdraw,
    reopen,
  );

  it('nothing is settled without an agreement, nobody concerned inquires, a repetition adds nothing [charter:9.2]', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 14 }), (given14) => {
        const past: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[] = [];
        for (const one of [file, ...given14]) {
          const { answer } = given(complaint, ...(past as never[])).when(one, facts());
          if (isRefusal(answer)) continue;
          past.push(...answer);
          const again = given(complaint, ...(past as never[])).when(one, facts()).answer;
          expect(isRefusal(again) || again.length === 0).toBe(true);
        }
        const types = past.map(({ type }) => type);
        const settled = past.findIndex(({ data }) => data.outcome === 'settled');
        if (settled >= 0) expect(types.slice(0, settled)).toContain('SettlementAccepted');
        expect(
          past.filter(({ type }) => type === 'InvestigationOpened').every(({ data }) => data.inquirerId !== 't1'),
        ).toBe(true);
        const ends = types.filter((type) => type === 'ComplaintClosed' || type === 'ComplaintWithdrawn').length;
        expect(ends - types.filter((type) => type === 'ComplaintReopened').length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
