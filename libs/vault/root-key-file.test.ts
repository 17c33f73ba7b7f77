import { chmod, lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRootKeyFile, rootKeyFile } from './root-key-file.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-root-'));
  path = join(folder, 'root-key.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the root key file', () => {
  it('is made with mode 0600, holds one epoch of 256 bits, and leaves nothing beside it', async () => {
    await createRootKeyFile(path);
    expect((await lstat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['root-key.json']);
    const roots = await rootKeyFile(path).load();
    expect(roots.current).toBe(1);
    expect(roots.key(1)?.symmetricKeySize).toBe(32);
    expect(roots.key(2)).toBeUndefined();
  });

  it('is never overwritten, and of two that start together one wins', async () => {
    const outcomes = await Promise.allSettled([createRootKeyFile(path), createRootKeyFile(path)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const before = await readFile(path, 'utf8');
    await expect(createRootKeyFile(path)).rejects.toMatchObject({ code: 'root-key-exists' });
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it.each([0o640, 0o604, 0o660, 0o700, 0o622])(
    'is refused with mode %o, in a sentence that says what to do',
    async (mode) => {
      await createRootKeyFile(path);
      await chmod(path, mode);
      await expect(rootKeyFile(path).load()).rejects.toMatchObject({
        code: 'root-key-mode',
        message: expect.stringContaining(`chmod 600 ${path}`),
      });
    },
  );

  it('is refused when it is absent, a symbolic link or a folder', async () => {
    await expect(rootKeyFile(path).load()).rejects.toMatchObject({ code: 'root-key-missing' });
    await createRootKeyFile(path);
    const linked = join(folder, 'linked.json');
    await symlink(path, linked);
    await expect(rootKeyFile(linked).load()).rejects.toMatchObject({ code: 'root-key-unreadable' });
    await expect(rootKeyFile(folder).load()).rejects.toMatchObject({ code: 'root-key-damaged' });
  });

  it.each([
    '',
    '{',
    'null',
    '{"format":"temoin-root-key/1","epochs":[]}',
    '{"format":"other","epochs":[{"epoch":1,"key":"AA"}]}',
    '{"format":"temoin-root-key/1","epochs":[{"epoch":1,"key":"AA"}]}',
    '{"format":"temoin-root-key/1","epochs":[null]}',
  ])('is refused when damaged: %s', async (content) => {
    await writeFile(path, content, { mode: 0o600 });
    await expect(rootKeyFile(path).load()).rejects.toMatchObject({ code: 'root-key-damaged' });
  });

  it('shows no key in a message', async () => {
    const key = Buffer.alloc(31, 7).toString('base64url');
    await writeFile(path, JSON.stringify({ format: 'temoin-root-key/1', epochs: [{ epoch: 1, key }] }), {
      mode: 0o600,
    });
    const failure = await rootKeyFile(path)
      .load()
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(String(failure)).not.toContain(key);
  });
});
