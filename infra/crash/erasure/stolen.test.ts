import { createSecretKey, randomBytes } from 'node:crypto';
import type { Certificate } from '#evidence/certificate.js';
import type { CellId } from '#kernel/sealed.js';
import { makeCellKey } from '#vault/wrapping.js';
import { type Stolen, untruths } from './stolen.js';

const keys = [1, 2].map((epoch) => [epoch, createSecretKey(randomBytes(32))] as const);
const roots = (...epochs: readonly number[]) => ({
  current: Math.max(...epochs),
  key: (epoch: number) => keys.find(([one]) => one === epoch && epochs.includes(one))?.[1],
});
const copied = (epoch: number): Stolen => {
  const { wrapped } = makeCellKey(roots(epoch), 'm1/session:1/e.text' as CellId);
  return new Map([['a', wrapped]]);
};
const claiming = (state: 'dead' | 'until-rotation', wrappedUpToEpoch: number): Certificate =>
  ({
    certificateId: 'c1',
    cells: [{ cell: 'm1/session:1' }],
    vault: { kind: 'mongodb', leftovers: [], wrappedUpToEpoch, state, custodians: 0 },
  }) as unknown as Certificate;

describe('copies of wrapped keys', () => {
  it('bear a certificate out that says when they open and when no more', () => {
    expect(untruths(claiming('until-rotation', 1), 'mongodb', copied(1), roots(1))).toEqual([]);
    expect(untruths(claiming('dead', 1), 'mongodb', copied(1), roots(2))).toEqual([]);
  });

  it('belie one that calls dead what opens, an epoch that is too early, another engine, and silence', () => {
    const dead = untruths(claiming('dead', 1), 'mongodb', copied(1), roots(1, 2));
    expect(dead).toEqual([expect.stringContaining('a copy of the key of m1/session:1/e.text opens')]);
    const early = untruths(claiming('until-rotation', 1), 'mongodb', copied(2), roots(1));
    expect(early).toEqual([expect.stringContaining('was wrapped under epoch 2')]);
    expect(untruths(claiming('dead', 1), 'sqlite', copied(1), roots(2))).toHaveLength(1);
    const { vault: _vault, ...silent } = claiming('dead', 1);
    expect(untruths(silent as Certificate, 'mongodb', new Map(), roots(1))).toHaveLength(1);
  });
});
