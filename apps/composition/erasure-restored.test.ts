import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandOutcome } from '#application/command.js';
import { recallForgotten } from '#application/erasure/recall-forgotten.js';
import { sealedWithin } from '#application/erasure/sealed-within.js';
import type { Temoin } from '#application/temoin.js';
import type { Role } from '#domain/shared/facts.js';
import type { Opened } from '#kernel/sealed.js';
import { getDestruction } from '#views/destructions.js';
import { getMember } from '#views/members.js';
import { type Configuration, loadConfiguration } from './configuration.js';
import { type Installation, openInstallation } from './installation.js';

let folder: string;
let config: Configuration;
const kept = (name: string) => join(folder, name);

async function open(): Promise<Installation> {
  return openInstallation(config, { lock: true });
}
async function give(temoin: Temoin, stream: string, command: { readonly type: string }, role: Role = 'Director') {
  const outcome: CommandOutcome = await temoin.execute({
    commandId: temoin.ids.freshCommandId(),
    actor: 's1',
    actorRoles: [role],
    stream,
    command,
  });
  if (outcome.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
}
async function opens({ temoin }: Installation, stream: string): Promise<readonly Opened<unknown>['state'][]> {
  const states = new Set<Opened<unknown>['state']>();
  for await (const stored of temoin.eventStore.readStream(stream))
    for (const one of await temoin.opener.open(sealedWithin(temoin.decode(stored).data))) states.add(one.state);
  return [...states];
}
const register = (temoin: Temoin, memberId: string) =>
  give(temoin, `member-${memberId}`, {
    type: 'RegisterMember',
    memberId,
    membershipNumber: `N-${memberId}`,
    name: `Nom ${memberId}`,
    status: 'active',
    minor: false,
  } as { type: string });

/** A data folder before and after the erasure of `m1`, each put away whole. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-restored-'));
  config = loadConfiguration({ TEMOIN_ERASURE_LEDGER: kept('ledger/erasures.jsonl') }, ['--data', kept('data')]);
  const first = await open();
  await register(first.temoin, 'm1');
  await register(first.temoin, 'm2');
  await settled(first);
  await first.close();
  await cp(kept('data'), kept('before'), { recursive: true });

  const second = await open();
  const { temoin } = second;
  const rightsId = 'case1';
  const receivedAt = temoin.clock.now();
  const received = { memberId: 'm1', kind: 'erasure', channel: 'phone', receivedAt, concernsDirector: false };
  await give(temoin, 'rights-case1', { type: 'ReceiveRightsRequest', rightsId, ...received } as { type: string });
  await give(temoin, 'rights-case1', { type: 'CheckIdentity', rightsId, method: 'call-back' } as { type: string });
  const grid = [{ cell: 'm1/identity', decision: 'erase' }];
  await give(temoin, 'rights-case1', { type: 'DecideRightsRequest', rightsId, grounds: [], grid } as { type: string });
  expect(await second.erasing.erasure.finish()).toEqual([]);
  await settled(second);
  await second.close();
  await cp(kept('data'), kept('after'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function settled({ temoin }: Installation): Promise<void> {
  const head = (await temoin.eventStore.head()) ?? '';
  for (const { schema } of temoin.views) await temoin.waitFor(schema.name, head, 600_000);
}

/** The folder as it stood after the erasure, with these files from before. */
async function restore(...names: readonly string[]): Promise<void> {
  await rm(kept('data'), { recursive: true, force: true });
  await cp(kept('after'), kept('data'), { recursive: true });
  for (const name of names)
    for (const part of ['', '-wal', '-shm']) {
      await rm(join(kept('data'), `${name}.sqlite${part}`), { force: true });
      await cp(join(kept('before'), `${name}.sqlite${part}`), join(kept('data'), `${name}.sqlite${part}`)).catch(
        () => undefined,
      );
    }
}

describe('an older backup put back', () => {
  it.each([
    [['vault']],
    [['events']],
    [['views']],
    [['vault', 'events']],
    [['vault', 'views']],
    [['events', 'views']],
    [['vault', 'events', 'views']],
  ])('%j: the member stays erased, the others stay, and the report says what was done', async (names) => {
    await restore(...names);
    const installation = await open();
    expect(installation.gate.fault).toBeUndefined();
    expect(await opens(installation, 'member-m1')).toEqual(['erased']);
    expect(await opens(installation, 'member-m2')).toEqual(['present']);
    await settled(installation);
    const deps = { viewStore: installation.temoin.viewStore, opener: installation.temoin.opener };
    expect((await getMember(deps, 'm1'))?.identity.name).toMatchObject({ state: 'erased', proof: 'erasure-case1' });
    expect((await getMember(deps, 'm2'))?.identity.name).toMatchObject({ state: 'present' });
    const again = names.includes('vault') ? ['m1/identity'] : [];
    expect(installation.gate.destroyedAgain.map(({ cell }) => cell)).toEqual(again);
    expect(installation.gate.forgottenByLog).toEqual(names.includes('events') ? ['erasure-case1'] : []);
    await installation.close();
  });

  it.each([[['events']], [['vault', 'events', 'views']]])(
    '%j: the log is told again what it forgot, reads it back, and certifies it',
    async (names) => {
      await restore(...names);
      const installation = await open();
      const { temoin, ledger, gate, erasing } = installation;
      await recallForgotten(temoin, ledger, gate.forgottenByLog);
      expect(await erasing.erasure.finish()).toEqual([]);
      await settled(installation);
      expect(await getDestruction(temoin, 'erasure-case1')).toMatchObject({ complete: true, reference: 'case1' });
      const types: string[] = [];
      for await (const { type } of temoin.eventStore.readStream('custody-m1')) types.push(type);
      expect(types).toEqual(['CellsCondemned', 'CellsDestroyed', 'ErasureReadBack', 'ErasureCertified']);
      await installation.close();
      const next = await open();
      expect(next.gate).toMatchObject({ destroyedAgain: [], fencedAgain: 0, forgottenByLog: [] });
      await next.close();
    },
  );

  it('opens nothing when the ledger went with it, and goes on with what opens nothing', async () => {
    await restore('vault', 'events', 'views');
    await cp(kept('after/vault.sqlite'), kept('data/vault.sqlite'));
    await cp(kept('ledger'), kept('ledger-kept'), { recursive: true });
    await rm(kept('ledger'), { recursive: true });
    const installation = await open();
    expect(installation.gate).toMatchObject({
      fault: 'ledger-missing',
      says: expect.stringContaining('ledger rebuild'),
    });
    expect(await opens(installation, 'member-m2')).toEqual(['unreadable']);
    await register(installation.temoin, 'm3');
    expect((await installation.temoin.ready()).faults).toEqual(['erasures-unverified']);
    await expect(installation.erasing.erasure.finish()).rejects.toMatchObject({ code: 'erasures-unverified' });
    await installation.close();
    await cp(kept('ledger-kept'), kept('ledger'), { recursive: true });
    const next = await open();
    expect(await opens(next, 'member-m2')).toEqual(['present']);
    await next.close();
  });
});
