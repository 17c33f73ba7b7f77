import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandsOf, runCommands, tourFolder } from './run-guide.js';

const GUIDES = ['back-up-and-restore.md', 'keys-and-custodians.md'];

describe('the guides to backups and keys', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await tourFolder();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('do what they say when their commands are run as they stand', async () => {
    const commands = (await Promise.all(GUIDES.map(commandsOf))).flat();
    const places = {
      TEMOIN_DATA: join(folder, 'data'),
      SAUVEGARDES: join(folder, 'backups'),
      USB: join(folder, 'usb'),
    };
    const stdout = await runCommands(commands, { TMPDIR: folder, ...places });
    expect(stdout).toContain('restorable');
    expect(stdout).toContain('every file is as it was made');
    expect(stdout.match(/ is back\./g)).toHaveLength(2);
    expect(stdout).toContain('1 values open, 0 erased, 0 unreadable; views: all agree');
    expect(stdout).toContain('epoch 2, 1 keys wrapped anew');
    expect(stdout).toContain('root key (epoch 2): put back');
    expect(stdout).toMatch(/(bien|à voir) +dépositaires de la clé +presidente, tresorier/);
    expect(stdout).not.toMatch(/FAULT|undefined/);
  });
});
