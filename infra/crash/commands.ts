import type { Json } from '../demo/http-client.js';
import type { Random } from './random.js';

/** A command as an outside client sends it, complete enough to be sent again word for word. */
export interface Sendable {
  readonly path: string;
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Sent {
  readonly command: Sendable;
  /** Milliseconds of the clients' one monotonic clock. */
  readonly sentAt: number;
}

/** What one client knows of what it made: it alone writes to those streams. */
export interface Memory {
  readonly members: { readonly id: string; revision: number; active: boolean }[];
  readonly staff: string[];
}

/** Words of the people in these runs: all invented. */
const NAMES = ['Adèle', 'Bruno', 'Chloé', 'Denis', 'Élise', 'Farid', 'Gaëlle', 'Hugo'] as const;

/**
 * The next command of a client: new streams, streams of its own that grow, one stream that all clients write to, and
 * corrections under an exact revision. About half of them seal personal values under new key cells.
 */
export function nextCommand(random: Random, key: string, memory: Memory): Sendable {
  const headers = { 'idempotency-key': key };
  const name = `${random.pick(NAMES)} Fictif ${random.below(1000)}`;
  const member = memory.members.length > 0 ? random.pick(memory.members) : undefined;
  switch (random.below(6)) {
    case 0:
      return { path: '/staff', body: { name }, headers };
    case 1:
      return { path: '/closures', body: closure(random), headers };
    case 2:
      if (member === undefined) break;
      return {
        path: `/members/${member.id}/identity`,
        body: { name, reason: 'typing-error' },
        headers: { ...headers, 'if-match': `"${member.revision}"` },
      };
    case 3: {
      if (member === undefined) break;
      const change = member.active ? 'lapse' : 'renew';
      return { path: `/members/${member.id}/membership/${change}`, body: { on: '2026-06-02' }, headers };
    }
    case 4: {
      if (memory.staff.length === 0) break;
      const software = `Logiciel ${random.below(100_000)}`;
      return {
        path: `/staff/${random.pick(memory.staff)}/skills`,
        body: { software, evidenceDate: '2026-06-01' },
        headers,
      };
    }
    default:
      break;
  }
  const number = `CE-${random.below(1_000_000)}`;
  return { path: '/members', body: { membershipNumber: number, name, status: 'active', minor: false }, headers };
}

function closure(random: Random): Json {
  const year = 2027 + random.below(60);
  const day = `${year}-${pad(1 + random.below(12))}-${pad(1 + random.below(28))}`;
  return { from: day, to: day, label: `Fermeture ${random.below(1000)}` };
}
const pad = (value: number): string => String(value).padStart(2, '0');

/** Takes in what the receipt of a command teaches its client. */
export function remember(memory: Memory, { path }: Sendable, receipt: Json): void {
  const id = String(receipt.id ?? '');
  const revision = Number(receipt.revision);
  if (path === '/members') memory.members.push({ id, revision, active: true });
  if (path === '/staff') memory.staff.push(id);
  const [, owner, change] = /^\/members\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const member = memory.members.find((one) => one.id === owner);
  if (member === undefined) return;
  member.revision = revision;
  if (change?.startsWith('membership')) member.active = change.endsWith('renew');
}
