import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { fromEpochMilliseconds, type Instant } from '#kernel/time.js';
import { type NightlyStep, type NightRecord, nightDue, startNightly } from './nightly.js';

const time = frenchCivilTime();
const instant = (text: string): Instant => fromEpochMilliseconds(Date.parse(text));

/** A night watch on a clock that the test moves, with steps that write down when they ran. */
async function watch(start: string, kept: { record?: NightRecord } = {}, failing: ReadonlySet<string> = new Set()) {
  let now = instant(start);
  const ran: string[] = [];
  const faults: string[] = [];
  const step = (name: string): NightlyStep => ({
    name,
    async run(night) {
      ran.push(`${name} ${night}`);
      if (failing.has(name)) throw new Error(name);
      return {};
    },
  });
  const nightly = startNightly({
    clock: { now: () => now },
    time,
    at: '02:30',
    steps: ['retention', 'rotation', 'backup'].map(step),
    memory: {
      load: async () => kept.record,
      save: async (record) => {
        kept.record = record;
      },
    },
    onFault: (night, name) => faults.push(`${name} ${night}`),
    lookEveryMs: 1_000_000,
    retryMs: 0,
  });
  await nightly.look();
  return {
    ran,
    faults,
    kept,
    stop: () => nightly.stop(),
    moveTo: async (to: string) => {
      now = instant(to);
      await nightly.look();
    },
  };
}

describe('the night that is due', () => {
  it.each([
    ['2026-06-02T02:29:00+02:00', '2026-06-01'],
    ['2026-06-02T02:30:00+02:00', '2026-06-02'],
    ['2026-06-02T23:59:00+02:00', '2026-06-02'],
    // the hour from 2 to 3 is skipped, then comes twice
    ['2026-03-29T03:00:00+02:00', '2026-03-29'],
    ['2026-10-25T02:30:00+02:00', '2026-10-25'],
    ['2026-10-25T02:10:00+01:00', '2026-10-24'],
  ])('at %s is that of %s', (now, night) => {
    expect(nightDue(instant(now), '02:30', time)).toBe(night);
  });
});

describe('the nightly run', () => {
  it('begins with the next night, does each step once and in order [charter:4.4c]', async () => {
    const one = await watch('2026-06-01T10:00:00+02:00');
    await one.moveTo('2026-06-02T02:29:00+02:00');
    expect(one.ran).toEqual([]);
    await one.moveTo('2026-06-02T02:31:00+02:00');
    await one.moveTo('2026-06-02T09:00:00+02:00');
    expect(one.ran).toEqual(['retention 2026-06-02', 'rotation 2026-06-02', 'backup 2026-06-02']);
    await one.stop();
  });

  it('makes up once for all the nights that were slept through', async () => {
    const first = await watch('2026-06-01T10:00:00+02:00');
    await first.moveTo('2026-06-02T03:00:00+02:00');
    await first.stop();
    const second = await watch('2026-06-10T09:00:00+02:00', first.kept);
    await second.moveTo('2026-06-10T09:01:00+02:00');
    expect(second.ran).toEqual(['retention 2026-06-10', 'rotation 2026-06-10', 'backup 2026-06-10']);
    await second.stop();
  });

  it('that was killed goes on with what was not through', async () => {
    const record = { night: '2026-06-02', through: ['retention'] } as unknown as NightRecord;
    const one = await watch('2026-06-02T04:00:00+02:00', { record });
    await one.moveTo('2026-06-02T04:00:01+02:00');
    expect(one.ran).toEqual(['rotation 2026-06-02', 'backup 2026-06-02']);
    await one.stop();
  });

  it('that comes twice in the night of the longer hour is done once', async () => {
    const one = await watch('2026-10-24T10:00:00+02:00');
    await one.moveTo('2026-10-25T02:40:00+02:00');
    await one.moveTo('2026-10-25T02:10:00+01:00');
    await one.moveTo('2026-10-25T02:40:00+01:00');
    expect(one.ran).toHaveLength(3);
    await one.stop();
  });

  it('tries again what failed, and does the rest meanwhile', async () => {
    const failing = new Set(['rotation']);
    const one = await watch('2026-06-01T10:00:00+02:00', {}, failing);
    await one.moveTo('2026-06-02T03:00:00+02:00');
    expect(one.faults).toEqual(['rotation 2026-06-02']);
    failing.clear();
    await one.moveTo('2026-06-02T03:20:00+02:00');
    expect(one.ran).toEqual([
      'retention 2026-06-02',
      'rotation 2026-06-02',
      'backup 2026-06-02',
      'rotation 2026-06-02',
    ]);
    await one.stop();
  });

  it('that is stopped takes up no further step', async () => {
    const one = await watch('2026-06-01T10:00:00+02:00');
    const moved = one.moveTo('2026-06-02T03:00:00+02:00');
    const stopped = one.stop();
    await Promise.all([moved, stopped]);
    expect(one.ran.length).toBeLessThanOrEqual(1);
  });
});
