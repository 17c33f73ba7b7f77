import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Binary, MongoClient } from 'mongodb';
import { verifyCertificate } from '#evidence/certificate.js';
import { publicKeyFrom } from '#evidence/signature.js';
import type { CellId } from '#kernel/sealed.js';
import type { WrappedKey } from '#ports/key-vault/key-vault.js';
import { rootKeyFile } from '#vault/root-key-file.js';
import { unwrapCellKey } from '#vault/wrapping.js';
import { type DestructionDocument, destructionsView } from '#views/destructions.js';
import { findAll } from '#views/query.js';
import { type Configuration, loadConfiguration } from '../../apps/composition/configuration.js';
import { type Installation, openInstallation } from '../../apps/composition/installation.js';
import { rotateKeys } from '../../apps/composition/rotate-keys.js';
import { checkValues, finishErasures } from '../crash/erasure/check.js';
import { decideErasure, hire, type Person, register, settled } from '../crash/erasure/population.js';
import { type MongoKind, type MongoProcess, mongoProcess } from './mongo-process.js';

/**
 * An erasure with the keys on MongoDB, to its end: what the certificate says of the destroyed keys' bytes is held against
 * the server's own files and its oplog.
 */
describe.each<MongoKind>(['replica set', 'standalone'])('an erasure with the keys on MongoDB, %s', (kind) => {
  let folder: string;
  let server: MongoProcess;
  let config: Configuration;
  /** A case that was cut off goes on by itself: what it holds open would keep this process alive for ever. */
  const open = new Set<Installation>();
  let over = false;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-erasure-mongodb-'));
    server = await mongoProcess(process.env.TEMOIN_TEST_MONGODB_COMMAND ?? '', kind, join(folder, 'server'));
    const place = (database: string) => server.url.replace('/?', `/${database}?`);
    config = loadConfiguration(
      {
        TEMOIN_KEY_VAULT: place('keys'),
        TEMOIN_VIEW_STORE: place('views'),
        TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl'),
        TEMOIN_NIGHTLY_AT: 'off',
      },
      ['--data', join(folder, 'data'), '--simulate', '2026-06-02T09:00:00+02:00'],
    );
  }, 180_000);
  afterAll(async () => {
    over = true;
    for (const one of open) await one.close();
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  async function installed<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
    const installation = await openInstallation(config, { lock: true });
    open.add(installation);
    try {
      if (over) throw new Error('cut off');
      return await work(installation);
    } finally {
      await installation.close();
      open.delete(installation);
    }
  }
  async function onServer<T>(work: (client: MongoClient) => Promise<T>): Promise<T> {
    const client = new MongoClient(server.url);
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }
  const cellsNow = () =>
    onServer(async (client) => {
      type Stored = { readonly _id: string; readonly epoch: number; readonly wrapped: Binary };
      const found = await client.db('keys').collection<Stored>('cells').find().toArray();
      return found.map(({ _id, epoch, wrapped }): WrappedKey => {
        return { cell: _id as CellId, epoch, wrapped: Uint8Array.from(wrapped.value()) };
      });
    });

  /** Erases what was decided, and reads what the certificate says of the keys' bytes. */
  async function erased(person: Person) {
    return installed(async (installation) => {
      await decideErasure(installation.temoin, person);
      const faults = await finishErasures(installation);
      for (const cell of person.texts.keys()) person.dead.add(cell);
      const destructions = await findAll<DestructionDocument>(installation.temoin.viewStore, destructionsView.schema, {
        collection: 'destructions',
      });
      const certificates = destructions.flatMap(({ certificate }) => certificate ?? []);
      const texts: string[] = [];
      for (const { certificateId } of certificates)
        texts.push((await installation.erasing.certificates.read(certificateId)) ?? '');
      const publicKey = publicKeyFrom(JSON.stringify(installation.signer.publicJwk));
      if (publicKey === undefined) throw new Error('no public key');
      return { faults, certificates: texts.map((text) => ({ text, verified: verifyCertificate(text, publicKey) })) };
    });
  }

  it('says that bytes may be left, which they are, and which no living root key opens after its rotation [charter:4.4c]', async () => {
    const people = await installed(async ({ temoin }) => {
      await hire(temoin);
      const registered = [await register(temoin, 1), await register(temoin, 2)] as const;
      await settled(temoin);
      return registered;
    });
    const before = (await cellsNow()).filter(({ cell }) => cell.startsWith('m1/'));
    expect(before.length).toBeGreaterThanOrEqual(3);
    const roots = await rootKeyFile(config.rootKey).load();
    for (const one of before) expect(unwrapCellKey(roots, one)).toHaveProperty('key');

    const first = await erased(people[0]);
    expect(first.faults).toEqual([]);
    expect(first.certificates).toHaveLength(1);
    expect(first.certificates[0]?.verified.ok).toBe(true);
    expect(first.certificates[0]?.text).toContain('"until-rotation"');
    expect(first.certificates[0]?.text).toContain('"mongodb"');
    expect((await cellsNow()).filter(({ cell }) => cell.startsWith('m1/'))).toEqual([]);

    // What the certificate owns up to: somebody with the disk and the root key of that day would open them.
    const left = await leftOf(before);
    expect(left.size).toBeGreaterThan(0);
    for (const one of left) expect(unwrapCellKey(roots, one)).toHaveProperty('key');

    await installed(async ({ stores }) => {
      expect(await rotateKeys(config, stores.keyVault)).toMatchObject({ outcome: 'rotated' });
    });
    const living = await rootKeyFile(config.rootKey).load();
    const still = await leftOf(before);
    // a server by itself may have written over them when it stopped; a set's oplog keeps them for as long as it reaches back
    if (kind === 'replica set') expect(still.size).toBeGreaterThan(0);
    for (const one of before) expect(unwrapCellKey(living, one)).toEqual({ fault: 'no-root' });
    // nor under another epoch's name: it is not that the number is wrong
    for (const one of before)
      expect(unwrapCellKey(living, { ...one, epoch: living.current })).toEqual({ fault: 'damaged' });
    for (const one of await cellsNow()) expect(unwrapCellKey(living, one)).toHaveProperty('key');

    await installed(async (installation) => {
      const { faults, values } = await checkValues(installation, people, new Set(), 'after the rotation');
      expect(faults).toEqual([]);
      expect(values).toBeGreaterThan(0);
    });
    // four starts of an installation and of a server: two minutes where ten processes shared two cores
  }, 420_000);

  /** Those of the keys whose bytes lie in the server's files or its oplog. */
  async function leftOf(keys: readonly WrappedKey[]): Promise<ReadonlySet<WrappedKey>> {
    const found = new Set<WrappedKey>();
    const look = (bytes: Buffer) => {
      for (const one of keys) if (bytes.includes(Buffer.from(one.wrapped))) found.add(one);
    };
    if (kind === 'replica set')
      await onServer(async (client) => {
        const oplog = client.db('local').collection('oplog.rs').find({}, { raw: true });
        for await (const entry of oplog) look(Buffer.from(entry as unknown as Uint8Array));
      });
    await server.stop();
    const files = await readdir(join(folder, 'server'), { recursive: true, withFileTypes: true });
    for (const file of files) if (file.isFile()) look(await readFile(join(file.parentPath, file.name)));
    if (over) throw new Error('cut off');
    await server.start();
    return found;
  }
});
