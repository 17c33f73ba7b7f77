import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import type { Sealed } from '#kernel/sealed.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openVault } from './open-vault.js';
import { createRootKeyFile, readRootKeyFile, rootKeyFile } from './root-key-file.js';
import { rotateRootKey } from './rotate.js';

const script = fileURLToPath(new URL('../testing/rotation-process.js', import.meta.url));

/** Lines of JSON that a process printed, so far. */
function start(role: string, folder: string, name = '') {
  const child = spawn(process.execPath, ['--no-warnings', script, role, folder, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += String(chunk);
  });
  const lines = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { sealed?: Sealed<unknown>; step?: string; report?: unknown });
  return { child, lines };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await ended;
}

describe('rotation among processes', () => {
  it('killed again and again while two others seal, loses no value that was acknowledged', async () => {
    const folder = await temporaryFolder();
    const path = folder.file('root-key.json');
    await createRootKeyFile(path);
    const sealers = ['a', 'b'].map((name) => start('seal', folder.path, name));
    /** Until each has sealed so many more, fast machine or slow. */
    const sealMore = async (count: number) => {
      const wanted = sealers.map(({ lines }) => lines().length + count);
      while (sealers.some(({ lines }, index) => lines().length < (wanted[index] ?? 0))) {
        expect(sealers.map(({ child }) => child.exitCode)).toEqual([null, null]);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await sealMore(20);
    const seen = new Set<string>();
    for (let run = 0; run < 14; run += 1) {
      const { child, lines } = start('rotate', folder.path);
      // killed after one to six lines; every seventh time it comes to its end, however many batches that takes
      const wanted = run % 7 === 6 ? Number.POSITIVE_INFINITY : run % 7;
      while (child.exitCode === null && lines().length <= wanted)
        await new Promise((resolve) => setTimeout(resolve, 1));
      await kill(child);
      for (const { step } of lines()) if (step) seen.add(step);
    }
    await sealMore(5);
    for (const { child } of sealers) await kill(child);

    const keyVault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
    await rotateRootKey({ path, keyVault });
    const { epochs } = await readRootKeyFile(path);
    expect(epochs).toHaveLength(1);
    expect(epochs[0]?.epoch).toBeGreaterThan(2);
    expect(seen.size).toBeGreaterThanOrEqual(4);
    const values = sealers.flatMap(({ lines }) => lines().flatMap(({ sealed }) => (sealed ? [sealed] : [])));
    expect(values.length).toBeGreaterThanOrEqual(50);
    const vault = openVault({ keyVault, roots: await rootKeyFile(path).load() });
    const lost = (await vault.open(values)).filter(({ state }) => state !== 'present');
    expect(lost).toEqual([]);
    await keyVault.close();
    await folder.remove();
  });
});
