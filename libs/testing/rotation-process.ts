import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import type { CellId, SealedAt } from '#kernel/sealed.js';
import { liveRootKeys } from '#vault/live-root-keys.js';
import { openVault } from '#vault/open-vault.js';
import { rootKeyFile } from '#vault/root-key-file.js';
import { rotateRootKey } from '#vault/rotate.js';

/** A process of a rotation test: `seal` makes cells and prints each sealed value, `rotate` rotates and prints each step. */
const [role, folder = '', name = ''] = process.argv.slice(2);
const path = join(folder, 'root-key.json');
const keyVault = await openSqliteKeyVault({ file: join(folder, 'vault.sqlite') });
/** Written before the next line runs: what was acknowledged is known to the parent, whatever happens then. */
const say = (value: unknown) => void writeSync(1, `${JSON.stringify(value)}\n`);

function unlessLocked(error: unknown): readonly never[] {
  if ((error as { readonly code?: unknown }).code !== 'unavailable') throw error;
  return [];
}

if (role === 'rotate') {
  const report = await rotateRootKey({ path, keyVault, batch: 7, onStep: (step) => say({ step }) });
  say({ report });
  await keyVault.close();
} else {
  // no watch: the old epoch stays in this process's memory until the vault or a key says otherwise
  const roots = await liveRootKeys({ load: rootKeyFile(path).load });
  const vault = openVault({ keyVault, roots, keepMs: 20 });
  for (let number = 0; ; number += 1) {
    const cell = `m/session:${name}-${number}` as CellId;
    const at: SealedAt = {
      stream: `session-${number}`,
      eventId: `e${number}`,
      type: 'Noted',
      version: 1,
      path: 'note',
    };
    // others may keep the file locked for long on a busy machine: then again
    const sealing = () => vault.seal([{ at, cell, value: `${name}-${number}` }]).catch(unlessLocked);
    let [result] = await sealing();
    while (result === undefined) [result] = await sealing();
    say({ sealed: result?.outcome === 'sealed' ? result.sealed : undefined });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
