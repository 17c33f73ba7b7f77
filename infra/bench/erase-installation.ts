import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { bind } from '#application/bind.js';
import { certificateFolder } from '#application/erasure/certificate-files.js';
import { openErasure } from '#application/erasure/erasure.js';
import { custodyBinding } from '#application/facts/custody.js';
import { memberBinding } from '#application/facts/member.js';
import { sessionBinding } from '#application/facts/session.js';
import { noSessions } from '#application/facts/sessions-on.js';
import { openTemoin } from '#application/temoin.js';
import { DiagnosisRecorded } from '#domain/session/events-journal.js';
import { certificateText, sha256Of, signCertificate } from '#evidence/certificate.js';
import { signerFrom } from '#evidence/signature.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { NewEvent } from '#ports/event-store/event-store.js';
import { exampleData } from '#testing/example-event.js';
import { ledgerFile } from '#vault/ledger-file.js';
import { liveRootKeys } from '#vault/live-root-keys.js';
import { createRootKeyFile, rootKeyFile } from '#vault/root-key-file.js';
import type { SealRequest } from '#vault/vault.js';
import { makeCellKey } from '#vault/wrapping.js';

const AT_ONCE = 1000;
const EVENTS_OF_A_SESSION = 40;
const example = exampleData(DiagnosisRecorded);

export interface BenchMember {
  readonly memberId: string;
  /** What an erasure of everything names: identity, and each session. */
  readonly cells: readonly string[];
}

export interface EraseInstallation {
  /** Writes down so many texts of a new member, forty a session, each under a cell of its own as the product does. */
  addMember(texts: number): Promise<BenchMember>;
  /** Living cells of other people, to fill the vault with. */
  fillVault(cells: number): Promise<void>;
  /** From the decision to the keys being gone for all processes. @returns milliseconds */
  erase(member: BenchMember): Promise<number>;
  close(): Promise<void>;
}

/** An installation on SQLite files as it ships: log, keys, ledger, durable commits. Views follow elsewhere. */
export async function openEraseInstallation(folder: { file(name: string): string }): Promise<EraseInstallation> {
  const time = frenchCivilTime();
  const eventStore = await openSqliteEventStore({ file: folder.file('events.sqlite') });
  const viewStore = await openSqliteViewStore({ file: folder.file('views.sqlite') });
  const keyVault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
  await createRootKeyFile(folder.file('root-key.json'));
  const rootKey = rootKeyFile(folder.file('root-key.json'));
  const roots = await liveRootKeys({ load: rootKey.load });
  const clock = { now: () => new Date().toISOString() as Instant };
  const bindings = [bind(memberBinding(time)), bind(sessionBinding(time, noSessions)), bind(custodyBinding(time))];
  const stores = { eventStore, viewStore, keyVault };
  const temoin = await openTemoin({ ...stores, rootKey, clock, bindings, views: [], project: false });
  const signer = signerFrom(generateKeyPairSync('ed25519').privateKey);
  const ledger = ledgerFile({
    path: folder.file('ledger/erasures.jsonl'),
    installation: 'bench',
    signer,
    lock: (task) => task(),
  });
  const erasure = openErasure({
    temoin,
    ledger,
    siblings: [],
    certificates: certificateFolder(folder.file('certificates')),
    sign: (facts) => {
      const text = certificateText(signCertificate(facts, signer));
      return { text, sha256: sha256Of(text) };
    },
    installation: { id: 'bench', simulated: false },
    lastBackupLeavesOn: async () => undefined,
  });

  async function write(memberId: string, session: number, count: number): Promise<void> {
    const sessionId = `s${memberId}.${session}`;
    const stream = `session-${sessionId}`;
    const texts = Array.from({ length: count }, (): SealRequest => {
      const eventId = randomUUID();
      const cell = `${memberId}/session:${sessionId}/${eventId}.text` as CellId;
      const at = { stream, eventId, type: DiagnosisRecorded.type, version: 1, path: 'text' };
      return { at, cell, value: 'Le pilote ne convient plus au système mis à jour.' };
    });
    const sealed = await temoin.vault.seal(texts);
    const events = sealed.flatMap((result, index): readonly NewEvent[] => {
      const eventId = texts[index]?.at.eventId ?? '';
      if (result.outcome !== 'sealed') return [];
      const data = { ...example, sessionId, memberId, entryId: `n${index}`, text: result.sealed };
      const metadata = { version: 1, recordedAt: clock.now(), actor: 'bench', commandId: eventId };
      return [{ eventId, type: DiagnosisRecorded.type, data: json(data), metadata: json(metadata) }];
    });
    await eventStore.append(stream, 'no-stream', events);
  }

  return {
    async addMember(texts) {
      const memberId = randomBytes(10).toString('hex');
      const sizes = Array.from({ length: Math.ceil(texts / EVENTS_OF_A_SESSION) }, (_, session) =>
        Math.min(EVENTS_OF_A_SESSION, texts - session * EVENTS_OF_A_SESSION),
      );
      for (const [session, count] of sizes.entries()) await write(memberId, session, count);
      return {
        memberId,
        cells: [`${memberId}/identity`, ...sizes.map((_, n) => `${memberId}/session:s${memberId}.${n}`)],
      };
    },
    async fillVault(cells) {
      for (let from = 0; from < cells; from += AT_ONCE)
        await keyVault.getOrCreate(
          Array.from({ length: Math.min(AT_ONCE, cells - from) }, () => {
            const subject = randomBytes(10).toString('hex');
            return makeCellKey(roots, `${subject}/session:s${subject}` as CellId).wrapped;
          }),
        );
    },
    async erase({ memberId, cells }) {
      const destructionId = `erasure-${memberId}`;
      const started = performance.now();
      const outcome = await temoin.execute({
        commandId: temoin.ids.freshCommandId(),
        actor: 'system',
        actorRoles: [],
        stream: `custody-${memberId}`,
        command: { type: 'CondemnCells', memberId, destructionId, cells, cause: 'erasure', reference: 'bench' } as {
          readonly type: string;
        },
      });
      if (outcome.outcome !== 'accepted') throw new Error(`the erasure was answered « ${outcome.outcome} »`);
      await erasure.destroy({ memberId, destructionId });
      return performance.now() - started;
    },
    async close() {
      await temoin.close();
      roots.close();
      await Promise.all([eventStore.close(), viewStore.close(), keyVault.close()]);
    },
  };
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
