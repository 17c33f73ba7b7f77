import { chmod, lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigningKeyFile, readSigningKeyFile } from './signing-key-file.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-signing-'));
  path = join(folder, 'signing-key.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the signing key file', () => {
  it('is made with mode 0600 and leaves nothing beside it', async () => {
    await createSigningKeyFile(path);
    expect((await lstat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['signing-key.json']);
    expect((await readSigningKeyFile(path)).asymmetricKeyType).toBe('ed25519');
  });

  it('is never overwritten, and of two that start together one wins', async () => {
    const outcomes = await Promise.allSettled([createSigningKeyFile(path), createSigningKeyFile(path)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const before = await readFile(path, 'utf8');
    await expect(createSigningKeyFile(path)).rejects.toMatchObject({ code: 'signing-key-exists' });
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it.each([0o640, 0o604, 0o700])('is refused with mode %o, in a sentence that says what to do', async (mode) => {
    await createSigningKeyFile(path);
    await chmod(path, mode);
    await expect(readSigningKeyFile(path)).rejects.toMatchObject({
      code: 'signing-key-mode',
      message: expect.stringContaining(`chmod 600 ${path}`),
    });
  });

  it('is refused when it is absent, a symbolic link or a folder', async () => {
    await expect(readSigningKeyFile(path)).rejects.toMatchObject({ code: 'signing-key-missing' });
    await createSigningKeyFile(path);
    const linked = join(folder, 'linked.json');
    await symlink(path, linked);
    await expect(readSigningKeyFile(linked)).rejects.toMatchObject({ code: 'signing-key-unreadable' });
    await expect(readSigningKeyFile(folder)).rejects.toMatchObject({ code: 'signing-key-damaged' });
  });

  it.each(['', '{', 'null', '{"format":"temoin-signing-key/1"}', '{"format":"other","key":{}}'])(
    'is refused when damaged: %s',
    async (content) => {
      await writeFile(path, content, { mode: 0o600 });
      await expect(readSigningKeyFile(path)).rejects.toMatchObject({ code: 'signing-key-damaged' });
    },
  );

  it('is refused when its two halves are not of one key', async () => {
    await createSigningKeyFile(path);
    const content = JSON.parse(await readFile(path, 'utf8'));
    content.key.x = Buffer.alloc(32, 7).toString('base64url');
    await writeFile(path, JSON.stringify(content));
    await expect(readSigningKeyFile(path)).rejects.toMatchObject({ code: 'signing-key-damaged' });
  });
});
