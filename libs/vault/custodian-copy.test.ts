import { createDecipheriv, createPrivateKey, pbkdf2Sync } from 'node:crypto';
import {
  newRecoveryKey,
  openSealedCopy,
  sealForCustodian,
  unwrapForCustodian,
  wrapForCustodian,
} from './custodian-copy.js';
import { freshKey } from './root-key-file.js';

const PASSPHRASE = 'girafe été lavande moteur';
const rootKey = { installation: freshKey(), epochs: [{ epoch: 3, key: freshKey() }], unswept: false };
const recovery = newRecoveryKey();
const secrets = {
  installation: 'i1',
  rootKey,
  register: '{}',
  signingKey: '{"kty":"OKP"}',
  recovery: recovery.privateKey,
};

describe('the copy of a custodian', () => {
  it('opens under its passphrase, however accents were typed, and under no other', async () => {
    const text = await wrapForCustodian(secrets, PASSPHRASE);
    expect(await unwrapForCustodian(text, PASSPHRASE.normalize('NFD'))).toEqual(secrets);
    await expect(unwrapForCustodian(text, `${PASSPHRASE} `)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    for (const key of [rootKey.installation, rootKey.epochs[0]?.key ?? '', String(recovery.privateKey.d)])
      expect(text).not.toContain(key);
  });

  it('is JSON Web Encryption with a slow passphrase, as RFC 7518 has it', async () => {
    const jwe = JSON.parse(await wrapForCustodian(secrets, PASSPHRASE));
    const header = JSON.parse(Buffer.from(jwe.protected, 'base64url').toString());
    expect(header).toMatchObject({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 600_000 });
    // another implementation unwraps it: AES key wrap under PBKDF2 of the passphrase
    const salt = Buffer.concat([Buffer.from(`${header.alg}\0`), Buffer.from(header.p2s, 'base64url')]);
    const kek = pbkdf2Sync(PASSPHRASE.normalize('NFC'), salt, header.p2c, 32, 'sha512');
    const unwrap = createDecipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6));
    const cek = Buffer.concat([unwrap.update(Buffer.from(jwe.encrypted_key, 'base64url')), unwrap.final()]);
    const open = createDecipheriv('aes-256-gcm', cek, Buffer.from(jwe.iv, 'base64url'));
    open.setAAD(Buffer.from(jwe.protected)).setAuthTag(Buffer.from(jwe.tag, 'base64url'));
    const plain = Buffer.concat([open.update(Buffer.from(jwe.ciphertext, 'base64url')), open.final()]);
    expect(JSON.parse(plain.toString())).toMatchObject({ format: 'temoin-custodian/1', installation: 'i1' });
  });

  it('takes no short passphrase', async () => {
    for (const weak of ['', 'court', 'aaaaaaaaaaaaaaaaaaaaaaaa'])
      await expect(wrapForCustodian(secrets, weak)).rejects.toMatchObject({ code: 'weak-passphrase' });
  });

  it('that was changed or cut never opens, and never keeps the machine busy', async () => {
    const jwe = JSON.parse(await wrapForCustodian(secrets, PASSPHRASE));
    const header = JSON.parse(Buffer.from(jwe.protected, 'base64url').toString());
    const altered = (change: object) => JSON.stringify({ ...jwe, ...change });
    const protectedBy = (change: object) => Buffer.from(JSON.stringify({ ...header, ...change })).toString('base64url');
    const flipped = `${jwe.ciphertext[0] === 'A' ? 'B' : 'A'}${jwe.ciphertext.slice(1)}`;
    for (const text of [
      '',
      '[]',
      '{}',
      altered({ ciphertext: flipped }),
      altered({ protected: protectedBy({ p2c: 2_000_000_000 }) }),
      altered({ protected: protectedBy({ alg: 'dir' }) }),
    ])
      await expect(unwrapForCustodian(text, PASSPHRASE)).rejects.toMatchObject({
        code: expect.stringMatching(/^(damaged|wrong-passphrase)$/),
      });
  });
});

describe('the sealed copy of the root key', () => {
  it('needs no passphrase to be made, and opens for its custodian alone', async () => {
    const text = await sealForCustodian(rootKey, recovery.publicKey);
    expect(await openSealedCopy(text, recovery.privateKey)).toEqual(rootKey);
    await expect(openSealedCopy(text, newRecoveryKey().privateKey)).rejects.toMatchObject({ code: 'damaged' });
    await expect(openSealedCopy(`${text.slice(0, -8)}AAAAAAA`, recovery.privateKey)).rejects.toMatchObject({
      code: 'damaged',
    });
    expect(() => createPrivateKey({ key: recovery.publicKey as never, format: 'jwk' })).toThrow();
  });
});
