import { recallForgotten } from '#application/erasure/recall-forgotten.js';
import { sealedWithin } from '#application/erasure/sealed-within.js';
import type { Temoin } from '#application/temoin.js';
import { verifyCertificate } from '#evidence/certificate.js';
import { publicKeyFrom } from '#evidence/signature.js';
import { isWithinCell, type Sealed } from '#kernel/sealed.js';
import { rootKeyFile } from '#vault/root-key-file.js';
import { type DestructionDocument, destructionsView } from '#views/destructions.js';
import { findAll } from '#views/query.js';
import type { Installation } from '../../../apps/composition/installation.js';
import { type Person, settled } from './population.js';
import { type Stolen, untruths } from './stolen.js';

export interface Seen {
  readonly faults: string[];
  values: number;
}

/**
 * Opens every value of everybody, in the log and in every view: what must be dead is erased, all the rest says what was
 * written. Values of cells in doubt, which were being destroyed when the process died, are either the one or the other.
 */
export async function checkValues(
  { temoin, gate }: Installation,
  people: readonly Person[],
  doubtful: ReadonlySet<string>,
  when: string,
): Promise<Seen> {
  const seen: Seen = { faults: [], values: 0 };
  if (gate.fault !== undefined) seen.faults.push(`${when}: the gate is shut, ${gate.fault}`);
  await settled(temoin);
  const byId = new Map(people.map((one) => [one.memberId, one]));
  const met = new Set<string>();
  const values = await everyValue(temoin);
  const opened = await temoin.freshOpener().open(values);
  for (const [index, value] of values.entries()) {
    const { cell } = value.$sealed;
    const person = byId.get(cell.split('/', 1)[0] ?? '');
    const own = person && [...person.texts.keys()].find((one) => isWithinCell(cell, one));
    if (person === undefined || own === undefined) continue;
    met.add(own);
    seen.values += 1;
    const answer = opened[index];
    const isErased = answer?.state === 'erased';
    const isAsWritten = answer?.state === 'present' && answer.value === person.texts.get(own);
    const fits = person.dead.has(own) ? isErased : isAsWritten || (doubtful.has(own) && isErased);
    if (!fits)
      seen.faults.push(
        `${when}: ${own} is ${answer?.state}, ${person.dead.has(own) ? 'and must be erased' : 'and lives'}`,
      );
  }
  for (const person of people)
    for (const cell of person.texts.keys()) if (!met.has(cell)) seen.faults.push(`${when}: nothing is left of ${cell}`);
  return seen;
}

async function everyValue({ eventStore, viewStore, views, decode }: Temoin): Promise<readonly Sealed<unknown>[]> {
  const found: Sealed<unknown>[] = [];
  for await (const stored of eventStore.readAll()) found.push(...sealedWithin(decode(stored).data));
  for (const { schema } of views)
    for (const { name } of schema.collections)
      for await (const { document } of viewStore.scan(schema, name)) found.push(...sealedWithin(document));
  return found;
}

/**
 * Carries out what is still to do, as a service does from its start on; then each destruction has its own certificate.
 * @param stolen copies of wrapped keys, against which certificates must hold
 */
export async function finishErasures(
  { config, temoin, ledger, gate, erasing, signer }: Installation,
  stolen: Stolen = new Map(),
): Promise<readonly string[]> {
  const faults: string[] = [];
  if (gate.forgottenByLog.length > 0) await recallForgotten(temoin, ledger, gate.forgottenByLog);
  for (const { destructionId, code } of await erasing.erasure.finish())
    faults.push(`${destructionId} is left: ${code}`);
  await settled(temoin);
  const publicKey = publicKeyFrom(JSON.stringify(signer.publicJwk));
  const roots = await rootKeyFile(config.rootKey).load();
  const all = await findAll<DestructionDocument>(temoin.viewStore, destructionsView.schema, {
    collection: 'destructions',
  });
  for (const { destructionId, certificate, complete } of all) {
    const text = certificate && (await erasing.certificates.read(certificate.certificateId));
    const verified = text && publicKey ? verifyCertificate(text, publicKey) : undefined;
    if (!complete || !verified?.ok) faults.push(`${destructionId} has no certificate that verifies and says complete`);
    else faults.push(...untruths(verified.certificate, config.keyVault.engine, stolen, roots));
  }
  return faults;
}
