import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicNow } from './bench.js';
import { summariseProfiles } from './profile.js';

/** Half a second in `first`, then as long in `second`. */
const profile = (startTime: number) => {
  const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 1 });
  return JSON.stringify({
    nodes: [
      { id: 1, callFrame: frame('first', 'file:///x/dist/apps/service/main.js') },
      { id: 2, callFrame: frame('second', 'file:///x/dist/libs/views/view.js') },
    ],
    startTime,
    samples: [1, 2],
    timeDeltas: [500_000, 500_000],
  });
};

describe('profiles', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-profiles-'));
    for (const pid of [11, 12]) await writeFile(join(folder, `CPU.1.2.${pid}.0.001.cpuprofile`), profile(pid * 1e6));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are of every process, whole', async () => {
    const all = await summariseProfiles(folder);
    expect(all.map(({ thread, busySeconds, top }) => [thread, busySeconds, top.length])).toEqual([
      ['apps/service/main', 1, 2],
      ['apps/service/main', 1, 2],
    ]);
  });

  it('or of those that are named, as far as it is said', async () => {
    const one = { pid: 12, what: 'until it answered', until: 12_600_000 };
    expect(await summariseProfiles(folder, [one])).toEqual([
      {
        thread: 'apps/service/main, until it answered',
        busySeconds: 0.5,
        top: [{ what: 'first (apps/service/main.js:2)', share: 1 }],
      },
    ]);
    expect(await summariseProfiles(folder, [{ ...one, pid: 13 }])).toEqual([]);
  });

  it('are cut by the clock that processes share', () => {
    const before = process.hrtime.bigint() / 1000n;
    expect(monotonicNow()).toBeGreaterThanOrEqual(Number(before));
  });
});
