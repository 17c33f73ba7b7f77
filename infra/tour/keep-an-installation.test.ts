import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#testing/shared-data.js';

const run = promisify(execFile);
const GUIDES = ['back-up-and-restore.md', 'keys-and-custodians.md'];

describe('the guides to backups and keys', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-tour-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('do what they say when their commands are run as they stand', async () => {
    const guides = await Promise.all(
      GUIDES.map((name) => readFile(join(projectFolder, 'docs', 'guides', name), 'utf8')),
    );
    const commands = guides.flatMap((guide) =>
      [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block),
    );
    const places = {
      TEMOIN_DATA: join(folder, 'data'),
      SAUVEGARDES: join(folder, 'backups'),
      USB: join(folder, 'usb'),
    };
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', commands.join('\necho\n')], {
      cwd: projectFolder,
      maxBuffer: 16_000_000,
      env: { ...process.env, TMPDIR: folder, ...places },
    });
    expect(stdout).toContain('restorable');
    expect(stdout).toContain('every file is as it was made');
    expect(stdout.match(/ is back\./g)).toHaveLength(2);
    expect(stdout).toContain('1 values open, 0 erased, 0 unreadable; views: all agree');
    expect(stdout).toContain('epoch 2, 1 keys wrapped anew');
    expect(stdout).toContain('root key (epoch 2): put back');
    expect(stdout).toMatch(/ok +custodians +presidente, tresorier|note +custodians +presidente, tresorier/);
    expect(stdout).not.toMatch(/FAULT|undefined/);
  }, 300_000);
});
