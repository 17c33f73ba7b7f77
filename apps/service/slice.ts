import { Agent, request } from 'node:http';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { memoryExportStore } from '#adapters/export-store-memory/export-store-memory.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { type Erasure, openErasure } from '#application/erasure/erasure.js';
import { sessionsOnFrom } from '#application/facts/sessions-on.js';
import { type MemberExports, memberExports } from '#application/member-export/member-exports.js';
import { retentionWork } from '#application/retention/retention-work.js';
import type { Alarm, Temoin, TemoinOptions } from '#application/temoin.js';
import { type ClockSettings, defaultClockSettings } from '#domain/deadlines/clocks.js';
import { type Role, roles } from '#domain/shared/facts.js';
import type { TokenCommand } from '#domain/token/commands.js';
import { fromEpochMilliseconds, type Instant, plusMilliseconds, toEpochMilliseconds } from '#kernel/time.js';
import { createService, type Service } from '#nest-shell/create-service.js';
import { newTokenSecret, tokenHashOf } from '#nest-shell/identity/token-secret.js';
import { openJournalIndex } from '#nest-shell/queries/journal-index.js';
import { openMemberIndex } from '#nest-shell/queries/member-index.js';
import type { ServiceLimits, ServiceParts } from '#nest-shell/service-parts.js';
import { memoryCertificates, memoryLedger, testSigning } from '#testing/memory-erasing.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { allViews } from '#views/all-views.js';
import { bindingsWith } from '../composition/bindings.js';
import { firstAdministratorToken } from './first-administrator.js';

export interface SliceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever came over the wire; tests look at it freely
  readonly body: any;
}

export interface SendOptions {
  readonly as?: Role | undefined;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The real service on memory stores and a clock that stands still, asked over HTTP. */
export interface Slice {
  readonly temoin: Temoin;
  readonly memberExports: MemberExports;
  readonly service: Service;
  /** Faults that became a bare 500; a test ends with none. */
  readonly faults: readonly unknown[];
  readonly alarms: readonly Alarm[];
  /** Carries decided destructions out; the slice runs no process of its own. */
  readonly erasure: Erasure;
  readonly staffId: string;
  tokenOf(role: Role): string;
  send(method: string, path: string, body?: unknown, options?: SendOptions): Promise<SliceAnswer>;
  /** `send` below `/api/v1` as one role; the body of an answer that must be 2xx. */
  // biome-ignore lint/suspicious/noExplicitAny: see SliceAnswer
  ok(as: Role, method: string, path: string, body?: unknown): Promise<any>;
  moveTo(moment: string): void;
  /** Waits until every view has seen everything that is stored. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export const START = '2026-06-02T07:00:00.000Z';

export async function openSlice(
  given: {
    readonly limits?: Partial<ServiceLimits>;
    readonly simulated?: boolean;
    readonly phone?: string;
    readonly clocks?: Partial<ClockSettings>;
    readonly onAnswer?: ServiceParts['onAnswer'];
    readonly tracer?: ServiceParts['tracer'];
    readonly temoin?: Partial<TemoinOptions>;
  } = {},
): Promise<Slice> {
  let now = START as Instant;
  const clock = { now: () => now };
  const viewStore = memoryViewStore();
  const clocks = { ...defaultClockSettings, ...given.clocks };
  const bindings = bindingsWith(sessionsOnFrom(viewStore), clocks, given.simulated !== false);
  const temoin = await openMemoryTemoin({ clock, viewStore, bindings, views: allViews, ...given.temoin });
  const memberIndex = openMemberIndex(
    temoin,
    bindings.flatMap((one) => one.events),
  );
  const journalIndex = openJournalIndex(temoin);
  void memberIndex.begin();
  journalIndex.begin();
  const exported = memberExports({
    temoin,
    store: memoryExportStore(),
    time: frenchCivilTime(),
    definitions: bindings.flatMap((one) => one.events),
  });
  const alarms: Alarm[] = [];
  const certificates = memoryCertificates();
  const erasure = openErasure({
    temoin,
    ledger: memoryLedger(),
    siblings: [exported],
    certificates,
    sign: testSigning.sign,
    installation: { id: 'slice', simulated: true },
    lastBackupLeavesOn: async () => undefined,
    leaseMs: 0,
  });
  const faults: unknown[] = [];
  const moveClock = (to: Instant) => {
    if (to <= now) return false;
    now = to;
    return true;
  };
  const service = await createService({
    temoin,
    civilTime: frenchCivilTime(),
    memberIndex,
    journalIndex,
    memberExports: exported,
    proofs: {
      certificates,
      publicJwk: testSigning.signer.publicJwk,
      unfinished: () => 0,
    },
    retention: retentionWork({
      temoin,
      time: frenchCivilTime(),
      carryOut: (memberId, destructionId) => erasure.destroy({ memberId, destructionId }),
    }),
    onAlarm: (alarm) => alarms.push(alarm),
    limits: { bodyLimit: 262_144, rateLimit: 0, failedTokens: 1_000_000, ...given.limits },
    onFault: (fault) => faults.push(fault),
    ...(given.phone === undefined ? {} : { phone: given.phone }),
    ...(given.onAnswer === undefined ? {} : { onAnswer: given.onAnswer }),
    ...(given.tracer === undefined ? {} : { tracer: given.tracer }),
    ...(given.simulated === false ? {} : { moveClock }),
  });
  const port = await service.listen(0, '127.0.0.1');
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const administrator = await firstAdministratorToken(temoin);
  const tokens = new Map<Role, string>();
  const staffId = await tokensFor(temoin, tokens);
  if (administrator !== undefined) tokens.set('Administrator', administrator);

  const send: Slice['send'] = async (method, path, body, { as, token, headers = {} } = {}) => {
    const bearer = token ?? (as === undefined ? undefined : tokens.get(as));
    const answer = await ask(agent, port, method, path, body, {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
    const isJson = /json/.test(String(answer.headers['content-type'] ?? ''));
    return {
      ...answer,
      body: isJson && answer.text !== '' ? JSON.parse(answer.text) : undefined,
    };
  };
  return {
    temoin,
    memberExports: exported,
    service,
    faults,
    alarms,
    erasure,
    staffId,
    tokenOf: (role) => tokens.get(role) ?? '',
    send,
    async ok(as, method, path, body) {
      const answer = await send(method, `/api/v1${path}`, body ?? (method === 'POST' ? {} : undefined), { as });
      if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status} ${answer.text}`);
      return answer.body;
    },
    moveTo(moment) {
      moveClock(fromEpochMilliseconds(toEpochMilliseconds(moment as Instant)));
    },
    async settled() {
      const head = await temoin.eventStore.head();
      for (const { schema } of allViews) if (head !== undefined) await temoin.waitFor(schema.name, head, 600_000);
    },
    async close() {
      agent.destroy();
      await service.close();
      memberIndex.close();
      journalIndex.close();
      await temoin.close();
    },
  };
}

/** Sends exactly what it is given: no address is normalised, no header added. */
const ask = (
  agent: Agent,
  port: number,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Omit<SliceAnswer, 'body'>> =>
  new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const sized = payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) };
    const call = request({ agent, port, host: '127.0.0.1', method, path, headers: { ...sized, ...headers } });
    call.once('error', reject);
    call.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers as Readonly<Record<string, string | undefined>>,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    call.end(payload);
  });

/** One token for each role, all of the person whom the first start registered. */
async function tokensFor(temoin: Temoin, tokens: Map<Role, string>): Promise<string> {
  const staffId = temoin.ids.newId(temoin.ids.commandId('system', 'first-administrator'), 'staff');
  let position: string | undefined;
  for (const role of roles) {
    const commandId = temoin.ids.freshCommandId();
    const tokenId = temoin.ids.newId(commandId, 'token');
    const secret = newTokenSecret();
    const expiresAt = plusMilliseconds(temoin.clock.now(), 400 * 86_400_000);
    const issue: TokenCommand = {
      type: 'IssueAccessToken',
      tokenId,
      tokenHash: tokenHashOf(secret),
      staffId,
      roles: [role],
      expiresAt,
    };
    const outcome = await temoin.execute({
      commandId,
      actor: 'system',
      actorRoles: ['Administrator'],
      stream: `token-${tokenId}`,
      command: issue,
    });
    if (outcome.outcome !== 'accepted') throw new Error(`no token for ${role}: ${outcome.outcome}`);
    position = outcome.receipt.position;
    tokens.set(role, secret);
  }
  if (position !== undefined) await temoin.waitFor('tokens', position, 600_000);
  return staffId;
}
