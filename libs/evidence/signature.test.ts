import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { keyIdOf, publicKeyFrom, signerFrom, verifySignature } from './signature.js';

const pair = generateKeyPairSync('ed25519');
const bytes = Buffer.from('texte');

describe('a signature', () => {
  it('is that of RFC 8032, test 2, and its key id that of RFC 8037, appendix A.3', () => {
    const privateKey = createPrivateKey({
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        d: Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex').toString('base64url'),
        x: Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex').toString('base64url'),
      },
      format: 'jwk',
    });
    const { value } = signerFrom(privateKey).sign(Buffer.from([0x72]));
    expect(Buffer.from(value, 'base64url').toString('hex')).toMatch(
      /^92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8f/,
    );
    const rfc8037 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    expect(keyIdOf(createPublicKey({ key: rfc8037, format: 'jwk' }))).toBe(
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    );
  });

  it('holds for its bytes and its key alone', () => {
    const signer = signerFrom(pair.privateKey);
    const signature = signer.sign(bytes);
    expect(signer.verify(bytes, signature)).toBe(true);
    expect(signer.verify(Buffer.from('autre'), signature)).toBe(false);
    const stranger = generateKeyPairSync('ed25519').publicKey;
    expect(verifySignature(stranger, bytes, signature)).toBe(false);
    expect(verifySignature(stranger, bytes, { ...signature, keyId: keyIdOf(stranger) })).toBe(false);
  });

  it.each([undefined, null, 1, {}, { alg: 'none' }, { value: '' }])('is refused without a fault: %p', (wrong) => {
    const { keyId } = signerFrom(pair.privateKey);
    expect(verifySignature(pair.publicKey, bytes, wrong)).toBe(false);
    expect(verifySignature(pair.publicKey, bytes, { alg: 'Ed25519', keyId, ...(wrong as object) })).toBe(false);
  });
});

describe('a public key', () => {
  it('is read as JWK, as a set of one, and as PEM', () => {
    const { publicJwk, keyId } = signerFrom(pair.privateKey);
    const pem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
    for (const text of [JSON.stringify(publicJwk), JSON.stringify({ keys: [publicJwk] }), pem]) {
      const key = publicKeyFrom(text);
      expect(key && keyIdOf(key)).toBe(keyId);
    }
    expect(JSON.stringify(publicJwk)).not.toContain(String(pair.privateKey.export({ format: 'jwk' }).d));
  });

  it.each(['', '{', '{}', 'null', '-----BEGIN PUBLIC KEY-----', '{"kty":"OKP","crv":"Ed25519","x":"AA"}'])(
    'is not found in %j',
    (text) => expect(publicKeyFrom(text)).toBeUndefined(),
  );

  it('is refused when it is of another kind', () => {
    const other = generateKeyPairSync('x25519');
    expect(publicKeyFrom(String(other.publicKey.export({ type: 'spki', format: 'pem' })))).toBeUndefined();
    expect(() => signerFrom(other.privateKey)).toThrow(TypeError);
  });
});
