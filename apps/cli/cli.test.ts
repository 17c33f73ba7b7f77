import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captured } from './captured.fixture.js';
import { lineDifferences } from './line-differences.js';
import { columns } from './terminal.js';

let folder: string;
let charterFile: string;

/** A charter of our own writing that is too short on purpose: importing it has to be insisted on. */
const CHARTER = `Charte d’appui technique

Préambule
L’association aide ses adhérents.

Article 7.2 – Durée et horaires
Les interventions sont limitées à 45 minutes par session (lundi-vendredi, 10h-16h).
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-cli-'));
  charterFile = join(folder, 'charte.txt');
  await writeFile(charterFile, CHARTER);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (...args: readonly string[]) => captured(['--data', join(folder, 'data'), ...args]);
const json = async (...args: readonly string[]) => {
  const answer = await temoin('--json', ...args);
  expect(answer).toMatchObject({ code: 0, err: '' });
  return JSON.parse(answer.out) as Record<string, never>;
};

describe('the command line', () => {
  it.each([
    [[]],
    [['charter', 'import', '--help']],
    [['charter', 'show', '--help']],
    [['charter', 'diff', '--help']],
    [['staff', 'add', '--help']],
    [['token', 'create', '--help']],
    [['token', 'revoke', '--help']],
    [['token', 'list', '--help']],
    [['stream', 'show', '--help']],
    [['journal', '--help']],
    [['member', 'export', '--help']],
    [['rights', '--help']],
    [['holds', '--help']],
    [['rebuild', '--help']],
    [['doctor', '--help']],
  ])('explains itself with an example: %j', async (args) => {
    const { code, out, err } = await temoin(...args);
    expect(code).toBe(args.length === 0 ? 2 : 0);
    expect(out + err).toMatch(args.length === 0 ? /Exit codes/ : /Examples?:/);
  });

  it('answers 2 to what it does not understand, without a stack', async () => {
    for (const args of [['nothing'], ['charter', 'import'], ['rebuild', 'none'], ['doctor', '--colour']]) {
      const { code, err } = await temoin(...args);
      expect(code).toBe(2);
      expect(err).not.toMatch(/^\s+at /m);
    }
  });

  it('answers 5 where there is no installation', async () => {
    const { code, err } = await temoin('charter', 'show');
    expect(code).toBe(5);
    expect(err).toMatch(/Start the service once/);
  });
});

describe('charter import', () => {
  it('names what the text lacks and publishes nothing without --accept-missing [charter:10.2]', async () => {
    const { code, out, err } = await temoin('charter', 'import', charterFile, '--effective', '2026-01-01', '--yes');
    expect(code).toBe(3);
    expect(err).toContain('article-missing:3.1');
    expect(out).toMatch(/sessionMinutes: 45\n\s+article 7\.2 : « 45 minutes »/);
  });

  it('asks before it publishes, and takes silence for no', async () => {
    const { code } = await temoin('charter', 'import', charterFile, '--effective', '2026-01-01', '--accept-missing');
    expect(code).toBe(3);
  });

  it('publishes the text to the letter, with what was accepted [charter:10.2]', async () => {
    const done = await json('charter', 'import', charterFile, '--effective', '2026-01-01', '--accept-missing', '--yes');
    expect(done.acceptedMissing).toContain('article-missing:3.1');
    expect((await temoin('charter', 'show', 'current', '--text')).out).toBe(await readFile(charterFile, 'utf8'));
    expect(await json('charter', 'show', 'current')).toMatchObject({
      charterVersionId: done.charterVersionId,
      parameters: { sessionMinutes: 45, opensAt: '10:00', closesAt: '16:00' },
    });
  });

  it('refuses a file that is absent or not UTF-8', async () => {
    const latin = join(folder, 'latin.txt');
    await writeFile(latin, Buffer.from('Pr\xe9ambule', 'latin1'));
    expect((await temoin('charter', 'import', latin, '--effective', '2026-01-01')).code).toBe(2);
    expect((await temoin('charter', 'import', join(folder, 'none'), '--effective', '2026-01-01')).code).toBe(4);
    expect((await temoin('charter', 'import', charterFile, '--effective', '2026-02-30')).code).toBe(2);
  });
});

describe('people and tokens', () => {
  it('registers a person, issues a token once, lists it without its secret, revokes it', async () => {
    const { staffId } = await json('staff', 'add', '--name', 'Camille Exemple', '--office', 'director', '--technician');
    const { token, tokenId } = await json('token', 'create', '--staff', String(staffId), '--role', 'Director');
    const listed = await temoin('token', 'list', '--json');
    expect(listed.out).toContain(String(tokenId));
    expect(listed.out).not.toContain(String(token));
    expect((await json('token', 'revoke', String(tokenId))).events).toEqual(['AccessTokenRevoked']);
    expect((await json('token', 'revoke', String(tokenId))).events).toEqual([]);
  });

  it('keeps personal values sealed unless it is said who reads them and why [charter:4.2a]', async () => {
    const { staffId } = await json('staff', 'add', '--name', 'Dominique Exemple');
    const shown = await temoin('stream', 'show', `staff-${staffId}`);
    expect(shown.out).toMatch(/name: sealed under/);
    expect(shown.out).not.toContain('Dominique');
    expect((await temoin('stream', 'show', `staff-${staffId}`, '--open')).code).toBe(2);
  });

  it('says in French why the charter refuses, with exit code 3 or 4', async () => {
    const { code, err } = await temoin('token', 'create', '--staff', 'nobody', '--role', 'Auditor');
    expect([3, 4]).toContain(code);
    expect(err).toMatch(/→ /);
  });

  it('answers 4 for a stream, a version or an entry that does not exist', async () => {
    expect((await temoin('stream', 'show', 'staff-none')).code).toBe(4);
    expect((await temoin('charter', 'show', 'none')).code).toBe(4);
    expect((await temoin('journal', 'none', '--purpose', 'quality', '--as', 'x')).code).toBe(4);
  });
});

describe('rebuild and doctor', () => {
  it('rebuilds a view and finds it the same', async () => {
    expect(await json('rebuild', 'staff')).toMatchObject({ view: 'staff', differences: [], parked: [] });
  });

  it('says what is configured, what answers and what lags', async () => {
    const { findings } = await json('doctor');
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'event-store', state: 'ok' }),
        expect.objectContaining({ what: 'service', says: 'ne tourne pas ici' }),
        expect.objectContaining({ what: 'view journal' }),
      ]),
    );
  });
});

describe('what is printed', () => {
  it('shows the lines that differ, in order', () => {
    expect(lineDifferences('a\nb\nc', 'a\nx\nc\nd').map(({ change, line }) => `${change} ${line}`)).toEqual([
      'removed b',
      'added x',
      'added d',
    ]);
    expect(lineDifferences('same', 'same')).toEqual([]);
  });

  it('keeps control characters out of tables', () => {
    expect(columns([['a\u001b[31m', 'b']])).toBe('a [31m  b\n');
  });
});
