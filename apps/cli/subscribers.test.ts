import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SubscriberCommand } from '#domain/subscriber/commands.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { loadConfiguration } from '../composition/configuration.js';
import { openInstallation } from '../composition/installation.js';
import { captured } from './captured.fixture.js';
import { give } from './give-command.js';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-cli-subscribers-'));
  data = join(folder, 'data');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (...args: readonly string[]) => captured(['--data', data, ...args]);

async function told(...commands: readonly SubscriberCommand[]): Promise<void> {
  const installation = await openInstallation(loadConfiguration({}, ['--data', data]), { lock: false, create: true });
  const roles = ['Director'] as const;
  for (const one of commands)
    await give(installation, `subscriber-${one.subscriberId}`, one, { giver: { actor: 'system', roles } });
  await installation.close();
}
const register = (subscriberId: string): SubscriberCommand => ({
  type: 'RegisterSubscriber',
  subscriberId,
  subscriberName: 'Fédération Exemple',
  subscriberPurpose: 'Compter',
  address: 'https://abonne.exemple.fr/boite',
  topics: ['session', 'consent'],
  agreementOn: '2020-06-01' as LocalDate,
});

describe('temoin subscribers [charter:4.2b]', () => {
  it('says where each stands by reference, and opens nothing', async () => {
    await told(
      ...['a1', 'a2', 'a3'].map(register),
      {
        type: 'RecordDelivery',
        subscriberId: 'a1',
        stream: 's-1',
        revision: 2,
        lastEventId: 'e2',
        count: 7,
        notices: [],
      },
      {
        type: 'RecordDeliveryFailure',
        ...{
          subscriberId: 'a1',
          attempt: 1,
          fault: 'status',
          status: 503,
          nextAt: '2026-06-02T08:00:00.000Z' as Instant,
        },
      },
      { type: 'PauseSubscriber', subscriberId: 'a2' },
      { type: 'EndSubscriber', subscriberId: 'a3', reason: 'breach' },
    );
    const said = await temoin('subscribers');
    expect([said.code, said.err]).toEqual([0, '']);
    expect(said.out).toMatch(
      /^a1 +2020-06-01 +session,consent +7 +\S+Z +1 × status 503 +2026-06-02T08:00:00\.000Z +active/m,
    );
    expect(said.out).toMatch(/^a2 .*paused \(by-hand\)/m);
    expect(said.out).not.toContain('a3');
    const all = await temoin('--json', 'subscribers', '--all');
    const { items } = JSON.parse(all.out);
    expect(items).toMatchObject([
      { subscriberId: 'a1' },
      {},
      { subscriberId: 'a3', standing: 'ended', endedFor: 'breach' },
    ]);
    for (const one of items)
      for (const sealed of ['name', 'purpose', 'address']) expect(one).not.toHaveProperty(sealed);
    expect(said.out + all.out).not.toMatch(/Fédération|Compter|boite/);
  });
});
