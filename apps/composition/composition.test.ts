import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#kernel/time.js';
import { followSimulatedClock, runSimulatedClock } from './clocks.js';
import { loadConfiguration } from './configuration.js';
import { prepareDataFolder } from './data-folder.js';
import { isServiceRunning, takeServiceLock } from './service-lock.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-composition-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the configuration', () => {
  it('lets a flag win over the environment, and the environment over the default', () => {
    expect(loadConfiguration({}, []).port).toBe(3017);
    expect(loadConfiguration({ TEMOIN_PORT: '4000' }, []).port).toBe(4000);
    expect(loadConfiguration({ TEMOIN_PORT: '4000' }, ['--port', '5000']).port).toBe(5000);
    expect(loadConfiguration({}, ['--port=5000']).port).toBe(5000);
  });

  it('gives a simulation a data folder of its own', () => {
    const real = loadConfiguration({}, []);
    const simulated = loadConfiguration({}, ['--simulate', '2026-06-02T09:30:00+02:00']);
    expect(simulated.simulate).toBe('2026-06-02T07:30:00.000Z');
    expect(simulated.data).not.toBe(real.data);
  });

  it.each([
    ['--port', '70000'],
    ['--port', 'abc'],
    ['--simulate', '2026-06-02T09:31:00'],
    ['--unknown', '1'],
    ['--port'],
  ])('refuses %s %s without repeating the value', (...args) => {
    const load = () => loadConfiguration({}, args);
    expect(load).toThrow(expect.objectContaining({ code: 'bad-setting' }));
    expect(load).toThrow(expect.objectContaining({ message: expect.not.stringContaining(args[1] ?? '\0') }));
  });

  it('refuses a store it has no engine for', () => {
    expect(() => loadConfiguration({ TEMOIN_EVENT_STORE: 'postgres://x' }, [])).toThrow(/TEMOIN_EVENT_STORE/);
  });
});

describe('the data folder', () => {
  it('is made closed to others, and keeps its record from then on', async () => {
    const data = join(folder, 'a', 'b');
    const made = await prepareDataFolder(data, false, true);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect((await stat(join(data, 'installation.json'))).mode & 0o777).toBe(0o600);
    expect(await prepareDataFolder(data, false, true)).toEqual(made);
  });

  it('cannot be made where no folder can be: said at once', async () => {
    await expect(prepareDataFolder('/proc/temoin', false, true)).rejects.toThrow(/Cannot make the data folder/);
  });

  it('is made once when several processes start together', async () => {
    const records = await Promise.all(Array.from({ length: 8 }, () => prepareDataFolder(folder, false, true)));
    expect(new Set(records.map((record) => record.id)).size).toBe(1);
  });

  it('of a simulation never opens as a real one, nor the reverse', async () => {
    const real = join(folder, 'real');
    const simulated = join(folder, 'simulated');
    await prepareDataFolder(real, false, true);
    await prepareDataFolder(simulated, true, true);
    const mismatch = expect.objectContaining({ code: 'simulation-mismatch' });
    await expect(prepareDataFolder(real, true, true)).rejects.toEqual(mismatch);
    await expect(prepareDataFolder(simulated, false, true)).rejects.toEqual(mismatch);
  });

  it('is refused when others may look into it, with the command that mends it', async () => {
    await chmod(folder, 0o755);
    await expect(prepareDataFolder(folder, false, true)).rejects.toThrow(`chmod 700 ${folder}`);
  });

  it('is refused when it holds something else, or is a file, or is damaged', async () => {
    const fault = expect.objectContaining({ code: 'data-folder' });
    await writeFile(join(folder, 'photo.jpg'), '');
    await expect(prepareDataFolder(folder, false, true)).rejects.toEqual(fault);
    await expect(prepareDataFolder(join(folder, 'photo.jpg'), false, true)).rejects.toEqual(fault);
    const damaged = join(folder, 'damaged');
    await mkdir(damaged, { mode: 0o700 });
    await writeFile(join(damaged, 'installation.json'), '{"id":');
    await expect(prepareDataFolder(damaged, false, true)).rejects.toEqual(fault);
    expect(await readFile(join(damaged, 'installation.json'), 'utf8')).toBe('{"id":');
  });

  it('is refused where none can be made', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(prepareDataFolder(join(folder, 'file', 'data'), false, true)).rejects.toThrow(/Cannot make/);
    if (process.platform === 'linux')
      await expect(prepareDataFolder('/proc/temoin', false, true)).rejects.toThrow(/Cannot make/);
  });

  it('is not made by a tool that only looks', async () => {
    await expect(prepareDataFolder(join(folder, 'none'), false, false)).rejects.toEqual(
      expect.objectContaining({ code: 'no-installation' }),
    );
  });
});

describe('the service lock', () => {
  it('is held by one service at a time and can be taken again after it', () => {
    expect(isServiceRunning(folder)).toBe(false);
    const lock = takeServiceLock(folder);
    expect(isServiceRunning(folder)).toBe(true);
    expect(() => takeServiceLock(folder)).toThrow(expect.objectContaining({ code: 'already-running' }));
    lock.release();
    expect(isServiceRunning(folder)).toBe(false);
    takeServiceLock(folder).release();
  });
});

describe('the simulated clock', () => {
  const start = '2026-06-02T07:30:00.000Z' as Instant;
  const later = '2026-06-03T07:30:00.000Z' as Instant;

  it('ticks from its start, moves forward and never back', () => {
    const clock = runSimulatedClock(folder, start);
    expect(clock.now() >= start && clock.now() < '2026-06-02T07:31').toBe(true);
    expect(clock.moveTo(later)).toBe(true);
    expect(clock.moveTo(start)).toBe(false);
    expect(clock.now() >= later).toBe(true);
    clock.close();
  });

  it('goes on from where the folder had got to when it starts again earlier', () => {
    const first = runSimulatedClock(folder, start);
    first.moveTo(later);
    first.close();
    const second = runSimulatedClock(folder, start);
    expect(second.now() >= later).toBe(true);
    second.close();
  });

  it('is followed by a tool beside the service', () => {
    expect(() => followSimulatedClock(folder)).toThrow(expect.objectContaining({ code: 'no-installation' }));
    const clock = runSimulatedClock(folder, start);
    const beside = followSimulatedClock(folder);
    clock.moveTo(later);
    expect(beside.now() >= later).toBe(true);
    clock.close();
  });
});
