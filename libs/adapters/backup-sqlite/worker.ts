import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { fault, SqliteFault } from '#sqlite/fault.js';
import type { Reply } from '#sqlite/run.js';
import { serve } from '#sqlite/serve.js';

/** How long another process's checkpoint may hold the copy back, in milliseconds. */
const PATIENCE = 10_000;

serve(({ file }: { readonly file: string }) => {
  // made private before anything is in it; an absent source must not be made by opening it
  closeSync(openSync(file, 'r'));
  const database = new DatabaseSync(file, { timeout: PATIENCE });
  const copy = (to: string): Reply => {
    closeSync(openSync(to, 'wx', 0o600));
    database.prepare('VACUUM INTO ?').run(to);
    const copied = new DatabaseSync(to);
    try {
      const { integrity_check: found } = copied.prepare('PRAGMA integrity_check').get() as { integrity_check: string };
      if (found !== 'ok') throw new SqliteFault(fault('damaged', 'the copy is damaged: so is perhaps the file'));
    } finally {
      copied.close();
    }
    const written = openSync(to, 'r+');
    fsyncSync(written);
    closeSync(written);
    return {};
  };
  return { database, writes: {}, reads: {}, alone: { copy } };
});
