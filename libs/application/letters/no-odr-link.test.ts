import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '#testing/shared-data.js';

/** Where the words of letters and papers are written. */
const WRITTEN_IN = ['letters', 'documents', 'registers', 'rights', 'session-report', 'member-export'];

describe('no letter and no paper', () => {
  it('names the European platform for online disputes: it was closed on 20 July 2025 [charter:6.3]', async () => {
    const application = join(projectFolder, 'libs', 'application');
    let read = 0;
    for (const folder of WRITTEN_IN) {
      const names = await readdir(join(application, folder)).catch(() => []);
      for (const name of names.filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))) {
        const text = await readFile(join(application, folder, name), 'utf8');
        expect([name, /ec\.europa\.eu|webgate|consumers\/odr|\bRLL\b|\bODR\b/i.test(text)]).toEqual([name, false]);
        read += 1;
      }
    }
    expect(read).toBeGreaterThan(30);
  });
});
