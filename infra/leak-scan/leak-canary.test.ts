import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { defineEvent } from '#kernel/define-event.js';
import { id, personal, text } from '#kernel/field.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { projectFolder } from '#testing/shared-data.js';
import { filesOf, scan } from '../../apps/cli/leak-scan/scan.js';
import { type Check, canary } from './canary.js';
import { planter } from './planter.js';

describe('the leak canary', () => {
  it('lives a member’s life with a token in every text: sealed wherever it lies, erased wherever it was [charter:3.3a] [charter:4.3]', async () => {
    const charterText = await readFile(join(projectFolder, 'infra', 'demo', 'charte-exemple.txt'), 'utf8');
    const checks: Check[] = [];
    await canary(charterText, (check) => checks.push(check));
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(checks.length).toBeGreaterThanOrEqual(14);
  });

  it('names every text of the API that no command was sent with', () => {
    const Noted = defineEvent({
      type: 'Noted',
      version: 1,
      subject: 'memberId',
      doc: 'Something.',
      data: {
        memberId: id(),
        note: personal(text(), { cell: 'identity', category: 'note', strikeable: false }),
        label: text(),
      },
    });
    const body = {
      properties: { note: { type: 'string' }, label: { type: 'string' }, kind: { type: 'string', enum: ['a'] } },
    };
    const content = { 'application/json': { schema: body } };
    const openApi = { paths: { '/api/v1/notes/{noteId}/more': { post: { requestBody: { content } } } } };
    const plant = planter(openApi, [Noted]);
    expect(plant.unfilled()).toEqual(['POST /notes/{noteId}/more.note']);
    expect(plant.fill('POST', '/notes/n1/more', { kind: 'a', label: 'x' })).toEqual({
      kind: 'a',
      label: 'x',
      note: plant.planted[0]?.token,
    });
    expect(plant.unfilled()).toEqual([]);
  });

  it('catches a value that a database keeps in the clear, deleted rows included', async () => {
    const folder = await temporaryFolder();
    try {
      const database = new DatabaseSync(folder.file('views.sqlite'));
      database.exec('PRAGMA journal_mode = WAL; CREATE TABLE leak (value TEXT)');
      database.prepare('INSERT INTO leak VALUES (?)').run('{"name":"zéphyrplanté"}');
      database.exec('DELETE FROM leak');
      expect(scan(await filesOf(folder.path), [{ token: 'zéphyrplanté', where: 'here' }])).not.toEqual([]);
      database.close();
    } finally {
      await folder.remove();
    }
  });
});
