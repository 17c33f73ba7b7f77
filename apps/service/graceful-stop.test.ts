import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { httpClient } from '../../infra/demo/http-client.js';
import { startService, withTemporaryFolder } from '../../infra/demo/service-process.js';

const LATER = { status: 503, code: 'stopping', retryAfter: '5' };

interface Call {
  /** The system has taken the whole request. */
  readonly sent: Promise<unknown>;
  /** Rejects where the line ends without an answer. */
  readonly answer: Promise<{ readonly name: string; readonly status: number | undefined }>;
}

/** 48 commands at once, each over a line of its own. */
const callers = (url: string, token: string): readonly Call[] =>
  Array.from({ length: 48 }, (_, at) => {
    const name = `Personne ${at}.`;
    const asked = request(`${url}/api/v1/staff`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
    });
    const sent = once(asked, 'finish');
    const answered = async () => {
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      const { code } = (await json(answer)) as { readonly code?: string };
      return { name, status: answer.statusCode, code, retryAfter: answer.headers['retry-after'] };
    };
    asked.end(JSON.stringify({ name }));
    return { sent, answer: answered() };
  });

describe('a service that is asked to stop amid commands', () => {
  it('answers each that is under way, by a receipt or by « later », gives its leases back, and keeps what it acknowledged', () =>
    withTemporaryFolder('stop', async (folder) => {
      const env = { TEMOIN_NIGHTLY_AT: 'off', TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl') };
      const data = join(folder, 'data');
      const service = await startService({ data, env });
      const token = service.token ?? '';
      const calls = callers(service.url, token);
      // the first answer is the sign to stop; the others are under way then, or wait to be read
      await Promise.all([Promise.race(calls.map(({ answer }) => answer)), ...calls.map(({ sent }) => sent)]);
      process.kill(service.pid, 'SIGTERM');
      const answers = await Promise.all(calls.map(({ answer }) => answer));
      await service.ended;
      expect(service.output()).toContain('Témoin est arrêté.');
      const made = answers.filter(({ status }) => status === 201);
      expect(made.length).toBeGreaterThan(1);
      for (const one of answers) if (one.status !== 201) expect(one).toMatchObject(LATER);

      const views = await openSqliteViewStore({ file: join(data, 'views.sqlite') });
      expect(await views.leases('')).toEqual([]);
      await views.close();
      const again = await startService({ data, env });
      try {
        const { items } = (await httpClient(again.url, token).get('/staff?limit=100')) as {
          readonly items: readonly { readonly name: { readonly value: string } }[];
        };
        const kept = new Set(items.map(({ name }) => name.value));
        for (const { name } of made) expect(kept).toContain(name);
        expect(kept.size).toBe(made.length + 1);
      } finally {
        await again.stop();
      }
    }));

  it('answers what had arrived before it was asked, also where it had not come to read it', () =>
    withTemporaryFolder('stop-unread', async (folder) => {
      const service = await startService({ data: join(folder, 'data'), env: { TEMOIN_NIGHTLY_AT: 'off' } });
      process.kill(service.pid, 'SIGSTOP');
      const calls = callers(service.url, service.token ?? '');
      await Promise.all(calls.map(({ sent }) => sent));
      process.kill(service.pid, 'SIGTERM');
      process.kill(service.pid, 'SIGCONT');
      for (const { status } of await Promise.all(calls.map(({ answer }) => answer)))
        expect([201, 503]).toContain(status);
      await service.ended;
      expect(service.output()).toContain('Témoin est arrêté.');
    }));
});
