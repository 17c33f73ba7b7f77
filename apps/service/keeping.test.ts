import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfiguration } from '../composition/configuration.js';
import { type RunningService, runService } from './run-service.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-keeping-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function running(env: Record<string, string>, work: (service: RunningService) => Promise<void>): Promise<void> {
  const args = ['--data', join(folder, 'data'), '--port', '0', '--simulate', '2026-06-02T09:30:00+02:00'];
  const service = await runService(loadConfiguration(env, args), pino({ level: 'silent' }));
  try {
    await work(service);
  } finally {
    await service.stop();
  }
}
const ask = async ({ address, token }: RunningService, method: string, path: string, body?: object) => {
  const answer = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever came over the wire
  return { status: answer.status, body: (await answer.json()) as any };
};

describe('backups over HTTP', () => {
  it('are made now, listed without the places where they lie, and made by the night that comes', async () => {
    const backups = join(folder, 'backups');
    await running({ TEMOIN_BACKUP_DIR: backups }, async (service) => {
      expect((await ask(service, 'GET', '/backups')).body).toMatchObject({
        everyNight: true,
        days: 31,
        backups: [],
        custodians: 0,
        nightlyAt: '02:30',
      });
      const made = await ask(service, 'POST', '/backups', {});
      expect([made.status, made.body]).toEqual([200, expect.objectContaining({ livingCells: 1 })]);
      const { body } = await ask(service, 'GET', '/backups');
      expect(body.backups).toMatchObject([
        { backupId: made.body.backupId, deletedFrom: '2026-07-04', replaced: false },
      ]);
      expect(JSON.stringify(body)).not.toContain(folder);
      await ask(service, 'PUT', '/simulation/clock', { to: '2026-06-04T12:00:00+02:00' });
      const bothMade = async () => (await ask(service, 'GET', '/backups')).body.backups.length === 2;
      while (!(await bothMade())) await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await ask(service, 'GET', '/retention/runs')).body.items).toMatchObject([{ day: '2026-06-04', due: 0 }]);
    });
  });

  it('need a folder of their own', async () => {
    await running({}, async (service) => {
      const made = await ask(service, 'POST', '/backups', {});
      expect([made.status, made.body.code]).toEqual([409, 'no-backup-folder']);
    });
  });
});
