import { readFile } from 'node:fs/promises';
import { notRun, sharedFile } from '#testing/shared-data.js';
import { referencesOf } from './hostile-references.js';
import { type Target, targetsOf, wide, withAll } from './hostile-targets.js';
import { openSlice, type Slice, type SliceAnswer } from './slice.js';
import { beginStory, prepareStory, publishCharter, type Story } from './slice-story.js';

const STORIES = 8;

describe('hostile input', () => {
  let slice: Slice;
  let targets: readonly Target[];
  /** The same targets of other members' sessions: no single journal entry grows to thousands of notes. */
  let others: readonly (readonly Target[])[];
  beforeAll(async () => {
    slice = await openSlice();
    const charterVersionId = await publishCharter(slice);
    const stories: Story[] = [];
    for (let index = 0; index < STORIES; index += 1) stories.push(await prepareStory(slice, charterVersionId));
    for (const story of stories) await beginStory(slice, story);
    const document = (await slice.send('GET', '/openapi.json')).body;
    const references = await Promise.all(stories.map((story) => referencesOf(slice, story)));
    others = stories.map((story, index) => targetsOf(document, { ...story, ...references[index] }));
    targets = others[0] ?? [];
  });
  afterAll(() => slice.close());

  const send = ({ method, address, role }: Target, body: unknown) =>
    slice.send(method, address, body, { as: role, headers: { 'if-match': '*' } });

  it('covers every field of every body', () => {
    expect(targets.length).toBeGreaterThan(45);
    expect(targets.flatMap((one) => one.free).length).toBeGreaterThan(40);
    expect(targets.flatMap((one) => one.formed).length).toBeGreaterThan(80);
  });

  it('every naughty string in every text field: done or refused with a problem, never a fault', async () => {
    const file = sharedFile('vectors', 'naughty-strings.json');
    if (file === undefined) return notRun('naughty-strings.json');
    const strings = JSON.parse(await readFile(file, 'utf8')) as readonly string[];
    expect(strings.length).toBeGreaterThan(500);
    const wrong: string[] = [];
    const texts = others.map((_, index) => strings.filter((_text, at) => at % STORIES === index));
    const tries = [
      ...others
        .flatMap((list, index) => list.map((target) => ({ target, texts: texts[index] ?? [] })))
        .filter(({ target }) => target.free.length > 0)
        // what ends a session comes last, so that the others find it under way
        .sort((a, b) => Number(/interrupt/.test(a.target.address)) - Number(/interrupt/.test(b.target.address)))
        .flatMap((one) =>
          one.texts.map((text) => ({
            target: one.target,
            body: withAll(one.target.example, wide(one.target, text), text),
          })),
        ),
      // fields of one form only (references, days, lists of words): each string somewhere, a share of them everywhere
      ...targets.flatMap((target, index) =>
        strings
          .filter((_, at) => target.formed.length > 0 && at % 20 === index % 20)
          .map((text) => ({ target, body: withAll(target.example, target.formed, text) })),
      ),
    ];
    await inParallel(16, tries, async ({ target, body }) => {
      const fault = faultIn(await send(target, body));
      if (fault !== undefined)
        wrong.push(`${target.method} ${target.address} ${JSON.stringify(body).slice(0, 200)} → ${fault}`);
    });
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(slice.faults).toEqual([]);
  });

  const wrongValues: readonly unknown[] = [
    null,
    0,
    -1,
    1.5,
    1e308,
    true,
    [],
    {},
    [[]],
    { $ne: null },
    { $gt: '' },
    { $where: 'sleep(1000)' },
    { toString: 'x' },
    { state: 'present', value: 'x' },
    { $sealed: { cell: 'x', alg: 'A256GCM', nonce: '', text: '', commit: '' } },
    "' OR '1'='1",
    "x'; DROP TABLE events; --",
    '\u0000',
    '\ud800',
    'x'.repeat(10_000),
    '../../etc/passwd',
    '{{7*7}}',
    '2026-02-30',
    '9999-12-31T23:59:59.999-23:59',
    '0000-01-01T00:00:00+23:59',
  ];

  it('every wrong value in every field, one by one: a problem with its pointer, or done', async () => {
    const wrong: string[] = [];
    const tries = targets.flatMap((target) =>
      [...target.free.map((one) => one.path), ...target.formed, ...target.other].flatMap((path) =>
        wrongValues.map((value) => ({ target, path, body: withAll(target.example, [path], value) })),
      ),
    );
    await inParallel(16, tries, async ({ target, path, body }) => {
      const answer = await send(target, body);
      const fault = faultIn(answer);
      if (fault !== undefined) wrong.push(`${target.method} ${target.address} ${path.join('/')} → ${fault}`);
    });
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(slice.faults).toEqual([]);
  });

  it('an unknown property, anywhere, is refused where it stands', async () => {
    for (const target of targets) {
      const answer = await send(target, { ...target.example, isAdmin: true });
      expect([target.address, answer.status, answer.body.errors?.[0]?.pointer]).toEqual([
        target.address,
        422,
        '/isAdmin',
      ]);
    }
  });

  it('hostile text in addresses and queries finds nothing and breaks nothing', async () => {
    const texts = [
      "' OR 1=1--",
      '{"$gt":""}',
      '%00',
      '../..',
      '__proto__',
      'constructor',
      '*',
      '\u{1f4a9}',
      'x'.repeat(2000),
    ];
    for (const text of texts)
      for (const path of [
        '/members/X',
        '/journal/X',
        '/streams/X',
        '/requests/X',
        '/staff?cursor=X',
        '/journal?sort=X',
        '/members?X=1',
        '/accesses?by=X',
      ]) {
        const answer = await slice.send('GET', `/api/v1${path.replace('X', encodeURIComponent(text))}`, undefined, {
          as: 'Director',
        });
        const harmless = (answer.status >= 400 && answer.status < 500) || answer.body.items.length === 0;
        expect([path, text, harmless, faultIn(answer)]).toEqual([path, text, true, undefined]);
      }
  });

  it('loses nothing: what was recorded before is still there, word for word', async () => {
    await slice.settled();
    const stream = await slice.ok('Auditor', 'GET', '/streams/charter-association');
    expect(stream.items[0].type).toBe('CharterPublished');
    const { body } = await slice.send('GET', '/health/ready');
    expect(body.views.filter((one: { parked: number }) => one.parked > 0)).toEqual([]);
  });
});

/** What must never come back; undefined when the answer is one that may. */
function faultIn({ status, headers, text, body }: SliceAnswer): string | undefined {
  if (status >= 500 || status < 200 || (status >= 300 && status < 400)) return `${status} ${text.slice(0, 200)}`;
  if (/\bat .+\.(js|ts):\d+|node_modules|SqliteError|ZodError/.test(text))
    return `tells its insides: ${text.slice(0, 200)}`;
  if (status >= 400 && !/problem\+json/.test(headers['content-type'] ?? '')) return `${status} is no problem document`;
  if (status >= 400 && body?.code === 'internal') return 'internal';
  return undefined;
}

async function inParallel<T>(width: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}
