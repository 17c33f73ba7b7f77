import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { bind } from '#application/bind.js';
import { rightsBinding } from '#application/facts/rights.js';
import { custody } from '#domain/custody/custody.js';
import { isCertifiedWhole } from '#domain/custody/state.js';
import { rights } from '#domain/rights/rights.js';
import type { CellId } from '#kernel/sealed.js';
import { openErasure } from './erasure.js';
import type { ErasureStep } from './erasure-parts.js';
import { openErasureStory, stored } from './erasure-story.test-data.js';
import { recallForgotten } from './recall-forgotten.js';

/** So many lines in an event, instead of two thousand. */
const MOST = 3;
const CASE = { rightsId: 'c1', memberId: 'm1' };
const sessions = Array.from({ length: 6 }, (_, n) => `m1/session:x${n}`);
const everything = ['m1/identity', 'm1/request:r-m1', 'm1/session:s-m1', ...sessions];
const ids = ['erasure-c1', 'erasure.2-c1', 'erasure.3-c1'];

const time = frenchCivilTime();
const bindings = [...stored.bindings.filter(({ category }) => category !== 'rights'), bind(rightsBinding(time, MOST))];

let close = async (): Promise<void> => undefined;
afterEach(() => close());

/** A member with more things than an event may list, who asks for the erasure of all of them. */
async function story() {
  const one = await openErasureStory({ bindings });
  close = () => one.temoin.close();
  const at = { stream: 'session-x', eventId: 'e', type: 'T', version: 1, path: 'text' };
  await one.temoin.vault.seal(sessions.map((cell) => ({ at, cell: cell as CellId, value: cell })));
  const give = async (command: { readonly type: string; readonly [field: string]: unknown }) => {
    const outcome = await one.temoin.execute({
      commandId: one.temoin.ids.freshCommandId(),
      actor: 'd1',
      actorRoles: ['Director'],
      stream: 'rights-c1',
      command,
    });
    return outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome;
  };
  const receivedAt = one.temoin.clock.now();
  const asked = { ...CASE, kind: 'erasure', channel: 'email', receivedAt, concernsDirector: false };
  await give({ type: 'ReceiveRightsRequest', ...asked });
  await give({ type: 'CheckIdentity', rightsId: 'c1', method: 'in-person' });
  return {
    ...one,
    give,
    decideAll: (keep: readonly string[] = []) =>
      give({
        type: 'DecideRightsRequest',
        rightsId: 'c1',
        grounds: [],
        reasons: 'Demande fondée.',
        grid: everything.map((cell) =>
          keep.includes(cell) ? { cell, decision: 'keep', ground: 'legal-obligation' } : { cell, decision: 'erase' },
        ),
      }),
    certified: async () =>
      (await one.temoin.reader.state(custody, 'm1')).destructions
        .filter(isCertifiedWhole)
        .map(({ destructionId }) => destructionId),
    /** What still lives of all that was decided on: the case itself came after. */
    living: async () =>
      (await one.temoin.vault.list('m1')).flatMap(({ cell, state }) =>
        state === 'living' && !cell.includes('/rights:') ? [cell as string] : [],
      ),
  };
}
type Story = Awaited<ReturnType<typeof story>>;

/** Everything stops after that many steps and never goes on, as kill -9 would have it. @returns the step; undefined: it was through */
function stoppedAfter(one: Story, steps: number): Promise<ErasureStep | undefined> {
  let left = steps;
  return new Promise((resolve, reject) => {
    const onStep = (step: ErasureStep) => {
      left -= 1;
      if (left > 0) return undefined;
      resolve(step);
      return new Promise<void>(() => undefined);
    };
    openErasure(one.parts({ onStep }))
      .finish()
      .then(() => resolve(undefined), reject);
  });
}

async function expectThrough(one: Story): Promise<void> {
  expect(await openErasure(one.parts()).finish()).toEqual([]);
  expect((await one.certified()).sort()).toEqual([...ids].sort());
  expect(await one.living()).toEqual([]);
  const reading = await one.ledger.read();
  const notes = reading.state === 'sound' ? reading.notes : [];
  expect(notes.map(({ destructionId }) => destructionId).sort()).toEqual([...ids].sort());
  expect(
    notes
      .flatMap(({ cells }) => cells.map(({ cell }) => cell))
      .filter((cell) => !cell.includes('.'))
      .sort(),
  ).toEqual([...everything].sort());
}

describe('an erasure of more things than one event lists', () => {
  it('is decided at once, in events of one append, and carried out part by part [charter:4.3]', async () => {
    const one = await story();
    expect(await one.decideAll()).toBe('accepted');
    const types: string[] = [];
    for await (const { type } of one.temoin.eventStore.readStream('rights-c1', { from: 3 })) types.push(type);
    expect(types).toEqual(['RightsDecisionPartMade', 'RightsDecisionPartMade', 'RightsDecisionMade']);
    expect((await one.temoin.reader.state(rights, 'c1'))?.erase.length).toBe(everything.length);
    await expectThrough(one);
    for (const { type, data } of await one.custody('m1'))
      if (type === 'CellsCondemned') expect(data).toMatchObject({ cause: 'erasure', reference: 'c1' });
  });

  it('is closed only when every part is certified [charter:4.3]', async () => {
    const one = await story();
    await one.decideAll();
    await one.give({ type: 'SendRightsAnswer', rightsId: 'c1', channel: 'paper', sentAt: one.temoin.clock.now() });
    const erasure = openErasure(one.parts());
    for (const [index] of ids.entries()) {
      expect(await one.give({ type: 'CloseRightsRequest', rightsId: 'c1' })).toBe('rights-erasure-unfinished');
      await erasure.finish((id) => !ids.slice(0, index + 1).includes(id));
    }
    expect(await one.give({ type: 'CloseRightsRequest', rightsId: 'c1' })).toBe('accepted');
  });

  it('keeps what is kept, whichever part lists it [charter:4.3]', async () => {
    const one = await story();
    const kept = ['m1/identity', 'm1/session:x5', 'm1/session:x4', 'm1/session:x3'];
    await one.decideAll(kept);
    expect(await openErasure(one.parts()).finish()).toEqual([]);
    expect((await one.living()).sort()).toEqual([...kept].sort());
    expect((await one.certified()).sort()).toEqual(['erasure-c1', 'erasure.2-c1']);
  });

  it('is taken up wherever it stops, between any two steps of any parts', async () => {
    const seen = new Set<string>();
    for (let steps = 1; ; steps += 1) {
      const one = await story();
      await one.decideAll();
      const step = await stoppedAfter(one, steps);
      await expectThrough(one);
      await one.temoin.close();
      if (step === undefined) break;
      seen.add(step);
    }
    close = async () => undefined;
    expect(seen.size).toBeGreaterThanOrEqual(9);
  });

  it('is told to a log that forgot it, each part with the case that it was decided in', async () => {
    const one = await story();
    const note = (destructionId: string, cell: string) =>
      one.ledger.append({ destructionId, cells: [{ cell: cell as CellId }], destroyedAt: one.temoin.clock.now() });
    await note('erasure-c1', 'm1/session:x0');
    await note('erasure.2-c1', 'm1/session:x1');
    await note('strike-out-s1', 'm1/session:x2/e.text');
    await recallForgotten(one.temoin, one.ledger, ['erasure-c1', 'erasure.2-c1', 'strike-out-s1']);
    const told = (await one.custody('m1')).map(({ data }) => [data.destructionId, data.cause, data.reference]);
    expect(told).toEqual([
      ['erasure-c1', 'erasure', 'c1'],
      ['erasure.2-c1', 'erasure', 'c1'],
      ['strike-out-s1', 'strike-out', 's1'],
    ]);
  });
});
