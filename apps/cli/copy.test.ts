import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { newEvents } from '#ports/event-store/contract-rig.js';
import { takeServiceLock } from '../composition/service-lock.js';
import { captured } from './captured.fixture.js';

let folder: string;
let data: string;
let target: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-copy-'));
  data = join(folder, 'data');
  target = join(folder, 'copy.sqlite');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (...args: readonly string[]) => captured(['--data', data, ...args]);
const copying = (to: string, ...more: readonly string[]) => temoin('copy', '--to', `sqlite://${to}`, ...more);
const reportOf = ({ out }: { readonly out: string }) => {
  const report = JSON.parse(out) as { readonly events: number; readonly copied: number; readonly digest: string };
  return { events: report.events, copied: report.copied, digest: report.digest };
};

describe('temoin copy, from file to file', () => {
  it('says so where there is no log, and makes none', async () => {
    expect((await copying(target)).code).toBe(4);
    await expect(stat(target)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses one place for both, and what is no event store', async () => {
    expect((await temoin('staff', 'add', '--name', 'Camille Exemple')).code).toBe(0);
    expect((await copying(join(data, 'events.sqlite'))).code).toBe(2);
    expect((await temoin('copy', '--to', 'mongodb://127.0.0.1/x')).code).toBe(2);
    expect((await temoin('copy', '--to', 'sqlite://')).code).toBe(2);
  });

  it('goes there and back under one digest, and again copies nothing', async () => {
    const there = reportOf(await copying(target, '--json'));
    expect(there.events).toBeGreaterThan(0);
    expect(there.copied).toBe(there.events);
    expect(there.digest).toMatch(/^[0-9a-f]{64}$/);
    const back = await copying(join(folder, 'back.sqlite'), '--from', `sqlite://${target}`, '--json');
    expect(reportOf(back)).toEqual(there);
    expect(reportOf(await copying(target, '--json'))).toEqual({ ...there, copied: 0 });
  });

  it('brings what came since, and says while a service runs that more may come', async () => {
    expect((await temoin('staff', 'add', '--name', 'Basile Imaginaire')).code).toBe(0);
    const lock = takeServiceLock(data);
    try {
      const { code, out, err } = await copying(target);
      expect([code, err]).toEqual([0, expect.stringContaining('A service runs on this data folder')]);
      expect(out).toMatch(
        /^\d+ events in both, [1-9]\d* copied now\.\nBoth read again and compared: SHA-256 [0-9a-f]{64}/,
      );
    } finally {
      lock.release();
    }
  });

  it('leaves a target alone that holds other events', async () => {
    const other = await openSqliteEventStore({ file: join(folder, 'other.sqlite') });
    await other.append('other-1', 'no-stream', newEvents(1));
    await other.close();
    const refused = await copying(join(folder, 'other.sqlite'));
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('holds other events')]);
  });
});
