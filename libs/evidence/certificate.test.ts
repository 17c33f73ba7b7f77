import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import type { Instant, LocalDate } from '#kernel/time.js';
import { canonicalJson } from './canonical-json.js';
import { certificateText, type ErasureFacts, sha256Of, signCertificate, verifyCertificate } from './certificate.js';
import { certificateHtml } from './certificate-html.js';
import { signerFrom } from './signature.js';

const { privateKey } = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(privateKey);
const signer = signerFrom(privateKey);
const at = '2026-06-10T08:00:00.000Z' as Instant;
const facts: ErasureFacts = {
  certificateId: 'c1',
  installationId: 'i1',
  simulated: false,
  destructionId: 'd1',
  cause: 'erasure',
  reference: 'r1',
  decidedAt: at,
  destroyedAt: at,
  readBackAt: at,
  cells: [{ cell: 'm1/identity', keyDigest: '0'.repeat(64) }, { cell: 'm1/session:s1' }],
  kept: [{ cell: 'm1/session:s2', ground: 'legal-claim', until: '2027-01-01' as LocalDate }],
  stores: [{ store: 'events', values: 4, erased: 4, present: 0, unreadable: 0 }],
  lastBackupLeavesOn: '2026-07-15' as LocalDate,
  logPosition: '00000000000000000042',
};
const text = certificateText(signCertificate(facts, signer));

describe('a certificate of erasure', () => {
  it('verifies offline with the public key alone, however its JSON is laid out', () => {
    expect(verifyCertificate(text, publicKey)).toMatchObject({ ok: true, certificate: { result: 'complete' } });
    expect(verifyCertificate(JSON.stringify(JSON.parse(text), null, 2), publicKey).ok).toBe(true);
  });

  it('is the same, byte for byte, when it is made again', () => {
    expect(certificateText(signCertificate({ ...facts }, signer))).toBe(text);
    expect(sha256Of(text)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says partial as soon as one value was present, unreadable or unaccounted for', () => {
    for (const change of [{ present: 1 }, { unreadable: 1 }, { erased: 3 }]) {
      const stores = [{ store: 'events', values: 4, erased: 4, present: 0, unreadable: 0, ...change }];
      expect(signCertificate({ ...facts, stores }, signer).result).toBe('partial');
    }
  });

  it('does not verify after any change of any member', () => {
    const certificate = JSON.parse(text) as Record<string, unknown>;
    const names = Object.keys(certificate).filter((name) => name !== 'format' && name !== 'signature');
    for (const name of names) {
      const changed = { ...certificate, [name]: name === 'simulated' ? true : [name === 'cells' ? {} : 'x'] };
      expect([name, verifyCertificate(canonicalJson(changed), publicKey).ok]).toEqual([name, false]);
      const { [name]: _, ...without } = certificate;
      expect([name, verifyCertificate(canonicalJson(without), publicKey).ok]).toEqual([name, false]);
    }
    expect(verifyCertificate(canonicalJson({ ...certificate, added: 1 }), publicKey)).toEqual({
      ok: false,
      reason: 'bad-signature',
    });
  });

  it('does not verify with another key', () => {
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(verifyCertificate(text, other)).toEqual({ ok: false, reason: 'other-key' });
  });

  it('answers a reason and no fault for anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (other) => {
        expect(verifyCertificate(other, publicKey)).toEqual({ ok: false, reason: 'not-a-certificate' });
      }),
    );
  });
});

describe('its page', () => {
  it('shows every cell, store and what was kept, in French, escaped', () => {
    const html = certificateHtml(signCertificate({ ...facts, reference: '<b>&"' }, signer));
    for (const part of ['lang="fr"', 'm1/identity', 'm1/session:s2', '2027-01-01', '2026-07-15', 'events'])
      expect(html).toContain(part);
    expect(html).toContain('Effacement complet');
    for (const words of ['identité et coordonnées', 'intervention', 'mercredi 10 juin 2026 à 10:00:00, heure de Paris'])
      expect(html).toContain(words);
    expect(html).toContain('vendredi 1 janvier 2027');
    expect(html).not.toContain('<b>&');
  });

  it('names places that held nothing apart, and codes that it does not know as they are', () => {
    const stores = [
      { store: 'events', values: 1, erased: 1, present: 0, unreadable: 0 },
      { store: 'view:journal', values: 0, erased: 0, present: 0, unreadable: 0 },
      { store: 'outbox', values: 0, erased: 0, present: 0, unreadable: 0 },
    ];
    const cells = [{ cell: 'm1/session:s1/e1.text' }, { cell: 'm1/novelty:n1' }, { cell: 'm1' }];
    const html = certificateHtml(signCertificate({ ...facts, stores, cells, kept: [] }, signer));
    expect(html).toContain('rien n’y était conservé : vue «\u00a0journal\u00a0», outbox.');
    for (const nature of ['intervention : un texte', 'novelty', 'tout ce qui concerne la personne'])
      expect(html).toContain(nature);
    expect(html).toContain('<p>Rien.</p>');
  });

  it('says partial loudly, and simulation', () => {
    const stores = [{ store: 'events', values: 1, erased: 0, present: 1, unreadable: 0 }];
    const html = certificateHtml(signCertificate({ ...facts, stores, simulated: true }, signer));
    expect(html).toContain('PARTIEL');
    expect(html).toContain('Simulation');
  });
});
