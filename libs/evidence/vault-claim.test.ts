import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { Instant } from '#kernel/time.js';
import { certificateText, type ErasureFacts, signCertificate, verifyCertificate } from './certificate.js';
import { certificateHtml } from './certificate-html.js';
import { signerFrom } from './signature.js';
import { claimInFrench, type VaultClaim } from './vault-claim.js';

const { privateKey } = generateKeyPairSync('ed25519');
const signer = signerFrom(privateKey);
const publicKey = createPublicKey(privateKey);
const at = '2026-06-10T08:00:00.000Z' as Instant;
const onMongo: VaultClaim = {
  kind: 'mongodb',
  leftovers: ['server-journal', 'oplog', 'unreclaimed-pages', 'older-copies'],
  wrappedUpToEpoch: 3,
  state: 'until-rotation',
  custodians: 0,
};
const facts = (vault?: VaultClaim): ErasureFacts => ({
  certificateId: 'c1',
  installationId: 'i1',
  simulated: false,
  destructionId: 'd1',
  cause: 'erasure',
  reference: 'r1',
  decidedAt: at,
  destroyedAt: at,
  readBackAt: at,
  cells: [{ cell: 'm1/identity' }],
  kept: [],
  stores: [{ store: 'events', values: 1, erased: 1, present: 0, unreadable: 0 }],
  lastBackupLeavesOn: null,
  logPosition: '00000000000000000042',
  ...(vault ? { vault } : {}),
});

describe('what a certificate says of the bytes of destroyed keys', () => {
  it('on MongoDB: where they may still lie, what alone opens them, and that a rotation kills them wherever they are', () => {
    const text = claimInFrench(onMongo).join(' ');
    expect(text).toContain('un serveur MongoDB');
    expect(text).toContain('le journal du serveur, l’oplog de ses réplicas');
    expect(text).toContain('ne s’ouvrent qu’avec la clé racine d’époque 3 ou antérieure');
    expect(text).toContain('existait encore à la date de ce certificat');
    expect(text).toContain('Dès la rotation qui la détruit, ces restes sont morts, où qu’ils soient.');
    expect(text).not.toContain('a été détruite');
  });

  it('after the rotation: that they are dead, and no longer that the root key exists', () => {
    const text = claimInFrench({ ...onMongo, state: 'dead', wrappedUpToEpoch: 1 }).join(' ');
    expect(text).toContain(
      'la clé racine d’époque 1. Cette clé racine a été détruite par rotation avant ce certificat',
    );
    expect(text).not.toContain('existait encore');
  });

  it('never hides that custodians may keep an older root key', () => {
    expect(claimInFrench({ ...onMongo, state: 'dead', custodians: 2 }).at(-1)).toContain('2 dépositaires gardent');
    expect(claimInFrench({ ...onMongo, custodians: 1 }).at(-1)).toContain('un dépositaire garde');
  });

  it('is signed with the rest, in codes for machines and sentences for people', () => {
    const certificate = signCertificate(facts(onMongo), signer);
    expect(verifyCertificate(certificateText(certificate), publicKey)).toMatchObject({
      ok: true,
      certificate: { result: 'complete', vault: onMongo },
    });
    const changed = certificateText(certificate).replace('until-rotation', 'dead');
    expect(verifyCertificate(changed, publicKey)).toEqual({ ok: false, reason: 'bad-signature' });
    const html = certificateHtml(certificate);
    expect(html).toContain('<h2>Ce qu’il peut rester des clés détruites</h2>');
    expect(html).toContain('l’oplog de ses réplicas');
  });

  it('is absent from certificates of before, which verify as ever; what is no claim is no certificate', () => {
    const before = signCertificate(facts(), signer);
    expect(verifyCertificate(certificateText(before), publicKey).ok).toBe(true);
    expect(certificateHtml(before)).not.toContain('Ce qu’il peut rester');
    const odd = JSON.stringify({ ...before, vault: { kind: 1 } });
    expect(verifyCertificate(odd, publicKey)).toEqual({ ok: false, reason: 'not-a-certificate' });
  });
});
