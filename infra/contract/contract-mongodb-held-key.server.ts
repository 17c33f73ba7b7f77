import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import { type TestingDatabase, testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import type { CellId, SealedAt } from '#kernel/sealed.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { liveRootKeys } from '#vault/live-root-keys.js';
import { openVault } from '#vault/open-vault.js';
import { createRootKeyFile, readRootKeyFile, rootKeyFile } from '#vault/root-key-file.js';
import { rotateRootKey } from '#vault/rotate.js';
import { tcpProxy } from './tcp-proxy.js';

/** More than the making of one key asks of the server. */
const MOST_QUESTIONS = 20;

/** Question: it is on its way all the time. Answer: the process stands still once it asked. */
type Held = 'question' | 'answer';

/** A vault on a line that stands still at its n-th question. */
async function onALine({ connectionString, database }: TestingDatabase) {
  const url = new URL(connectionString);
  let left = 0;
  let held: Held = 'question';
  let stopped: (stands: 'still') => void = () => undefined;
  const line = await tcpProxy(url.hostname, Number(url.port || 27017), (bytes) => {
    if (left === 0 || !bytes.includes(database)) return true;
    left -= 1;
    if (left > 0) return true;
    if (held === 'question') line.freeze();
    else queueMicrotask(() => line.freeze());
    stopped('still');
    return true;
  });
  url.host = `127.0.0.1:${line.port}`;
  url.searchParams.delete('replicaSet');
  url.searchParams.set('directConnection', 'true');
  return {
    vault: await openMongoKeyVault({ connectionString: url.href, database }),
    line,
    standsStill: (what: Held, question: number) =>
      new Promise<'still'>((resolve) => {
        [held, left, stopped] = [what, question, resolve];
      }),
  };
}

const NOTE: Omit<SealedAt, 'eventId'> = { stream: 'session-1', type: 'Noted', version: 1, path: 'note' };

describe('the making of a key on MongoDB that stands still past a whole rotation of the root key', () => {
  it.each(['question', 'answer'] as const)(
    'leaves no value without its key, whatever %s is held: what was sealed opens, and the cell takes more',
    async (what) => {
      const folder = await temporaryFolder();
      const database = testingDatabase();
      const path = folder.file('root-key.json');
      await createRootKeyFile(path);
      // no watch: the old epoch stays in memory until the vault or a key says otherwise
      const opened = async (keyVault: KeyVault) =>
        openVault({ keyVault, roots: await liveRootKeys({ load: rootKeyFile(path).load }), keepMs: 20 });
      const { vault: far, line, standsStill } = await onALine(database);
      const near = await openMongoKeyVault(database);
      const ended: string[] = [];
      try {
        for (let question = 1; question <= MOST_QUESTIONS; question += 1) {
          const cell = `m/session:${question}` as CellId;
          const request = (eventId: string) => ({ at: { ...NOTE, eventId }, cell, value: eventId });
          const still = standsStill(what, question);
          const sealing = (await opened(far)).seal([request('first')]).then(
            ([result]) => result,
            (error: unknown) => String((error as { code?: unknown }).code),
          );
          if ((await Promise.race([still, sealing])) !== 'still') break;
          await rotateRootKey({ path, keyVault: near });
          expect((await readRootKeyFile(path)).epochs).toHaveLength(1);
          line.mend();
          const first = await sealing;
          const afterwards = await opened(near);
          const [second] = await afterwards.seal([request('second')]);
          const values = [first, second].flatMap((one) =>
            typeof one === 'object' && one.outcome === 'sealed' ? [one.sealed] : [],
          );
          expect((await afterwards.open(values)).map(({ state }) => state)).toEqual(values.map(() => 'present'));
          ended.push(typeof first === 'object' ? first.outcome : String(first));
        }
        expect(ended.length).toBeGreaterThanOrEqual(5);
        expect(ended.length).toBeLessThan(MOST_QUESTIONS);
        expect(new Set(ended)).toEqual(new Set(['sealed']));
      } finally {
        line.mend();
        await Promise.all([far.close(), near.close()]);
        await line.shut();
        await Promise.all([database.remove(), folder.remove()]);
      }
    },
    120_000,
  );
});
