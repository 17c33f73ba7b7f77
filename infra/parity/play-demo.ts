import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Slice } from '../../apps/service/slice.js';
import { type Answer, type Client, type Json, problemOf, UnexpectedAnswer } from '../demo/http-client.js';
import { parisTime } from '../demo/paris.js';
import { scenario } from '../demo/scenarios/session.js';
import type { Stage } from '../demo/stage.js';

const DAY = '2026-06-02';

/**
 * The demonstration's main story over HTTP, on a service whose clock stands still between its steps. Each command has an
 * Idempotency-Key that counts, and the views have seen everything before the next request is sent.
 */
export async function playDemo(slice: Slice, root: string, settled: () => Promise<void>): Promise<readonly string[]> {
  const told: string[] = [];
  let keys = 0;
  const client = (token: string): Client => {
    const send = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answer> => {
      keys += method === 'POST' ? 1 : 0;
      const key = method === 'POST' ? { 'idempotency-key': `demo-${keys}` } : {};
      const answer = await slice.send(method, `/api/v1${path}`, body, { token, headers: { ...key, ...headers } });
      await settled();
      told.push(`${method} ${answer.status}`);
      return { status: answer.status, headers: new Headers(), body: (answer.body ?? {}) as Json };
    };
    const done = async (method: string, path: string, body?: Json): Promise<Json> => {
      const answer = await send(method, path, body ?? (method === 'POST' ? {} : undefined));
      if (answer.status >= 300) throw new UnexpectedAnswer(`${method} ${path}`, problemOf(answer));
      return answer.body;
    };
    return {
      as: client,
      get: (path) => done('GET', path),
      post: (path, body) => done('POST', path, body),
      put: (path, body) => done('PUT', path, body),
      async refused(path, body = {}) {
        const answer = await send('POST', path, body);
        if (answer.status < 400 || answer.status >= 500) throw new Error(`POST ${path} → ${answer.status}`);
        return problemOf(answer);
      },
      send,
    };
  };
  const stage: Stage = {
    admin: client(slice.tokenOf('Administrator')),
    charter: { text: await readFile(join(root, 'infra', 'demo', 'charte-exemple.txt'), 'utf8'), name: 'exemple' },
    house: undefined,
    day: DAY,
    at: (time) => parisTime(DAY, time),
    clockTo: async (time) => slice.moveTo(new Date(parisTime(DAY, time)).toISOString()),
    done: (what) => void told.push(what),
    refused: (what, { status, type }) => void told.push(`${what} ${status} ${type}`),
    chapter: () => undefined,
  };
  await scenario.play(stage);
  return told;
}
