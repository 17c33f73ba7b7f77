import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateText, signCertificate } from '#evidence/certificate.js';
import { signerFrom } from '#evidence/signature.js';
import type { Instant } from '#kernel/time.js';
import { captured } from './captured.fixture.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-cli-erasure-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);

const temoin = (...args: readonly string[]) => captured(['--data', path('data'), ...args]);

describe('temoin certificate verify', () => {
  const signer = signerFrom(generateKeyPairSync('ed25519').privateKey);
  const other = signerFrom(generateKeyPairSync('ed25519').privateKey);
  const at = '2026-06-10T08:00:00.000Z' as Instant;
  const signed = (present: number) =>
    certificateText(
      signCertificate(
        {
          certificateId: 'c1',
          installationId: 'i1',
          simulated: false,
          destructionId: 'erasure-r1',
          cause: 'erasure',
          reference: 'r1',
          decidedAt: at,
          destroyedAt: at,
          readBackAt: at,
          cells: [{ cell: 'm1/identity' }],
          kept: [],
          stores: [{ store: 'events', values: 4, erased: 4 - present, present, unreadable: 0 }],
          lastBackupLeavesOn: null,
          logPosition: '00000000000000000042',
        },
        signer,
      ),
    );
  beforeAll(async () => {
    await writeFile(path('key.jwk'), JSON.stringify(signer.publicJwk));
    await writeFile(path('other.jwk'), JSON.stringify(other.publicJwk));
    await writeFile(path('whole.json'), signed(0));
    await writeFile(path('partial.json'), signed(1));
    await writeFile(path('changed.json'), signed(1).replace('"partial"', '"complete"'));
  });
  const verify = (file: string, key = 'key.jwk') => temoin('certificate', 'verify', path(file), '--key', path(key));

  it('needs no installation: genuine and complete is 0, genuine and partial is 3', async () => {
    expect(await verify('whole.json')).toMatchObject({ code: 0, out: expect.stringContaining('complete') });
    expect(await verify('partial.json')).toMatchObject({ code: 3, err: expect.stringContaining('PARTIAL') });
  });

  it('is 1 for what was changed or signed by somebody else, 4 for no file, 2 for no key', async () => {
    expect((await verify('changed.json')).code).toBe(1);
    expect(await verify('whole.json', 'other.jwk')).toMatchObject({
      code: 1,
      err: expect.stringContaining('another key'),
    });
    expect((await verify('key.jwk')).code).toBe(1);
    expect((await verify('none.json')).code).toBe(4);
    expect((await verify('whole.json', 'whole.json')).code).toBe(2);
  });
});

describe('temoin ledger and keys public', () => {
  let staffId = '';
  beforeAll(async () => {
    staffId = JSON.parse((await temoin('--json', 'staff', 'add', '--name', 'Camille Exemple')).out).staffId;
  });

  it('finds a new installation sound, and changes nothing of a sound ledger', async () => {
    expect(await temoin('ledger', 'verify')).toMatchObject({ code: 0, out: expect.stringContaining('absent') });
    expect(await temoin('ledger', 'rebuild', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('sound'),
    });
  });

  it('opens nothing beside a ledger that this installation did not write, and rebuilds it when told to', async () => {
    await mkdir(path('data-ledger'));
    await writeFile(path('data-ledger/erasures.jsonl'), 'not ours\n');
    expect(await temoin('ledger', 'verify')).toMatchObject({ code: 1, err: expect.stringContaining('Line 1') });
    expect(
      (await temoin('stream', 'show', `staff-${staffId}`, '--open', '--purpose', 'quality', '--as', staffId)).code,
    ).toBe(5);
    expect(await temoin('--json', 'doctor')).toMatchObject({ code: 1, out: expect.stringContaining('ledger-forged') });
    expect((await temoin('ledger', 'rebuild')).code).toBe(3);
    expect((await temoin('ledger', 'rebuild', '--yes')).code).toBe(0);
    expect((await temoin('ledger', 'verify')).code).toBe(0);
  });

  it('gives the public key as JWK, and nothing of the private one', async () => {
    const { code, out } = await temoin('keys', 'public');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' });
    expect(out).not.toContain('"d"');
    expect((await temoin('keys', 'public', path('published.jwk'))).code).toBe(0);
  });

  it('lists destructions, and says when there is no certificate under an id', async () => {
    expect(JSON.parse((await temoin('--json', 'certificate', 'list')).out)).toEqual({ destructions: [] });
    expect((await temoin('certificate', 'show', 'none')).code).toBe(4);
  });

  it.each([
    ['certificate', 'list'],
    ['certificate', 'show'],
    ['certificate', 'verify'],
    ['ledger', 'verify'],
    ['ledger', 'rebuild'],
    ['keys', 'public'],
  ])('%s %s explains itself with an example', async (...args) => {
    expect((await temoin(...args, '--help')).out).toMatch(/Examples?:/);
  });
});
