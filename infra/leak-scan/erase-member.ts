import { setTimeout as sleep } from 'node:timers/promises';
import { type Certificate, verifyCertificate } from '#evidence/certificate.js';
import { publicKeyFrom } from '#evidence/signature.js';
import type { Json } from '../demo/http-client.js';
import type { Lived } from './flow.js';
import { openCase } from './flow-rights.js';

const PATIENCE_MS = 600_000;

/**
 * Erases everything held on a member the way the association does: case, identity, grid, decision. Waits for the process.
 * @returns the certificate, as the signing key of the installation verifies it
 * @throws Error when it does not come or does not verify
 */
export async function eraseMember({ api, post, memberId }: Lived): Promise<Certificate> {
  const rightsId = await openCase(post, memberId, 'erasure');
  const { lines } = (await api.get(`/rights/${rightsId}/grid`)) as {
    readonly lines: readonly { readonly cell: string }[];
  };
  const grid = lines.map(({ cell }) => ({ cell, decision: 'erase' }));
  await post(`/rights/${rightsId}/decision`, { grounds: [], grid });
  const { items } = (await api.get('/destructions')) as { readonly items: readonly Json[] };
  const mine = items.find((one) => one.reference === rightsId);
  if (mine === undefined) throw new Error('the decision made no destruction');
  return certificateOf(api, String(mine.destructionId));
}

async function certificateOf(api: Lived['api'], destructionId: string): Promise<Certificate> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const one = await api.get(`/destructions/${destructionId}`);
    if (one.certificate !== undefined && one.complete === true) break;
    if (Date.now() > until) throw new Error(`no certificate: the destruction is ${String(one.status)}`);
    await sleep(200);
  }
  const signed = await api.send('GET', `/destructions/${destructionId}/certificate`);
  const key = await api.send('GET', '/.well-known/temoin-signing-key.json');
  const publicKey = publicKeyFrom(JSON.stringify(key.body));
  if (publicKey === undefined) throw new Error('the published signing key is none');
  const verified = verifyCertificate(JSON.stringify(signed.body), publicKey);
  if (!verified.ok) throw new Error(`the certificate does not verify: ${JSON.stringify(verified)}`);
  return verified.certificate;
}
