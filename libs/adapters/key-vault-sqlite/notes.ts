import type { Database } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import type { NoteArgument } from './operations.js';

/** The worker's side of what the vault says of itself. */
export function noteStatements(database: Database) {
  const read = database.prepare('SELECT text FROM note WHERE name = ?');
  const add = database.prepare('INSERT INTO note (name, text) VALUES (?, ?) ON CONFLICT (name) DO NOTHING');
  const put = database.prepare(
    'INSERT INTO note (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text',
  );
  const note = (name: string): Reply => ({ value: (read.get(name) as { text: string } | undefined)?.text });
  return {
    note,
    writeNote([name, text, over]: NoteArgument): Reply {
      (over === 'any' ? put : add).run(name, text);
      return note(name);
    },
  };
}
