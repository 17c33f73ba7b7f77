import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cast, Person } from './cast.js';
import type { House } from './house.js';
import type { Json } from './http-client.js';
import type { Stage } from './stage.js';

/** @throws Error unless exactly what was to be erased is erased */
export function expectErased(when: string, { name, problemFree, problemHeld, nameOfOther, found }: Readable): void {
  const state = (value: unknown) => inside(value, 'state');
  const states = [name, problemFree, problemHeld, nameOfOther].map(state).join(' ');
  if (states !== 'erased erased present present' || found > 0)
    throw new Error(`${when}: ${states}, ${found} found, where only what was decided must be erased`);
}

const PATIENCE_MS = 600_000;

export interface Proofs {
  readonly stage: Stage;
  readonly house: House;
  readonly cast: Cast;
  readonly member: Person;
  readonly other: Person;
  /** The session that may be erased, and the one that is held. */
  readonly free: string;
  readonly held: string;
}

/** What people see of the two members and the two sessions. */
export interface Readable {
  readonly name: unknown;
  readonly problemFree: unknown;
  readonly problemHeld: unknown;
  readonly nameOfOther: unknown;
  /** Hits of a search for a word of the first session. */
  readonly found: number;
}

export async function whatIsReadable({ cast, member, other, free, held }: Proofs): Promise<Readable> {
  // not `get`: after the restore the log is shorter than what this client has seen
  const read = async (path: string) => (await cast.director.api.send('GET', `${path}?purpose=rights`)).body;
  const nameOf = async (id: string) => inside(await read(`/members/${id}`), 'identity', 'name');
  const problemOf = async (id: string) => inside(await read(`/journal/${id}`), 'session', 'problem', 'problem');
  const { items } = (await searched(cast, 'imprimante')) as { readonly items: readonly unknown[] };
  return {
    name: await nameOf(member.id),
    problemFree: await problemOf(free),
    problemHeld: await problemOf(held),
    nameOfOther: await nameOf(other.id),
    found: items.length,
  };
}

/** A service that has just started says that its index is being built: it is asked again. */
async function searched({ director }: Cast, text: string): Promise<Json> {
  const body = { text, purpose: 'rights' };
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(200)) {
    const { status } = await director.api.send('POST', '/journal/search', body);
    if (status !== 503) break;
  }
  return director.api.post('/journal/search', body);
}

const inside = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (found, name) => (typeof found === 'object' && found !== null ? (found as Json)[name] : undefined),
    value,
  );

/** @returns the folder of the backup */
export async function takeBackup({ stage, house }: Proofs): Promise<string> {
  const { code, out, err } = await house.temoin('--json', 'backup', join(house.folder, 'backups'));
  if (code !== 0) throw new Error(`temoin backup: ${err}`);
  const { folder } = JSON.parse(out) as { readonly folder: string };
  stage.done('Sauvegarde d’avant l’effacement : temoin backup (jamais la clé racine)');
  return folder;
}

export interface CertificateProof {
  readonly certificate: Json;
  /** What `temoin certificate verify` printed, with nothing but the file and the public key. */
  readonly verified: string;
  /** What it said of the same file with one character changed. */
  readonly forged: string;
}

/** Waits for the certificate, and has it verified as a third party would. */
export async function verifyCertificate(proofs: Proofs, rightsId: string): Promise<CertificateProof> {
  const { stage, house, cast } = proofs;
  const { api } = cast.director;
  const destructionId = `erasure-${rightsId}`;
  const until = Date.now() + PATIENCE_MS;
  let answer = await api.send('GET', `/destructions/${destructionId}/certificate`);
  while (answer.status !== 200 && Date.now() < until) {
    await sleep(200);
    answer = await api.send('GET', `/destructions/${destructionId}/certificate`);
  }
  if (answer.status !== 200) throw new Error('the certificate did not come');
  stage.done('Clés détruites, tout relu, certificat d’effacement signé');
  const shown = await house.temoin('certificate', 'show', destructionId);
  const key = await api.send('GET', '/.well-known/temoin-signing-key.json');
  const [file, keyFile, forgedFile] = ['certificat.json', 'cle-publique.json', 'certificat-falsifie.json'].map((name) =>
    join(house.folder, name),
  ) as [string, string, string];
  await writeFile(file, shown.out);
  await writeFile(keyFile, JSON.stringify(key.body));
  const verified = await house.temoin('certificate', 'verify', file, '--key', keyFile);
  if (verified.code !== 0) throw new Error(`temoin certificate verify: ${verified.err}`);
  stage.done('temoin certificate verify certificat.json --key cle-publique.json : authentique et complet');
  const text = await readFile(file, 'utf8');
  await writeFile(forgedFile, text.replace('"present":0', '"present":1'));
  const forged = await house.temoin('certificate', 'verify', forgedFile, '--key', keyFile);
  if (forged.code === 0) throw new Error('a changed certificate was taken for a genuine one');
  stage.done('Le même certificat, un chiffre changé : rejeté');
  return { certificate: answer.body, verified: verified.out.trim(), forged: forged.err.trim() };
}

/** What the start after the restore logged of erasures. */
export interface GateProof {
  readonly destroyedAgain: number;
}

export async function restoreOldBackup({ stage, house }: Proofs, backup: string): Promise<GateProof> {
  const logged = await house.whileStopped(async () => {
    stage.done('Service arrêté');
    const { code, err } = await house.temoin('restore', '--yes', backup);
    if (code !== 0) throw new Error(`temoin restore: ${err}`);
    stage.done('temoin restore : journal des événements, vues et clés d’avant l’effacement sont de retour');
  });
  const gate = logged.find((line) => Array.isArray(line.destroyedAgain));
  if (gate === undefined) throw new Error('the start after the restore reported no erasure');
  const destroyedAgain = new Set((gate.destroyedAgain as readonly Json[]).map(({ cell }) => cell)).size;
  stage.done(
    `Redémarrage : le registre des effacements fait foi, ${destroyedAgain} clés détruites de nouveau avant toute lecture`,
  );
  return { destroyedAgain };
}
