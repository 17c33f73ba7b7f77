import { connect } from '#sqlite/connect.js';

/**
 * Copies a database that others may be writing to: one snapshot, off this thread, compact, with nothing of what was deleted
 * from it. The copy is checked and on disk before this answers; its mode is 0600.
 * @param to must not exist yet
 * @throws SqliteFault
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const connection = await connect(new URL('./worker.js', import.meta.url), { file: from });
  try {
    await connection.call('copy', to);
  } finally {
    await connection.close();
  }
}
