import { join } from 'node:path';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { httpClient } from '../../infra/demo/http-client.js';
import { startService, withTemporaryFolder } from '../../infra/demo/service-process.js';

const CALLERS = 48;

describe('a service that is asked to stop amid commands', () => {
  it(
    'answers each that is under way, by a receipt or by « later », gives its leases back, and keeps what it acknowledged',
    () =>
      withTemporaryFolder('stop', async (folder) => {
        const env = { TEMOIN_NIGHTLY_AT: 'off', TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl') };
        const data = join(folder, 'data');
        const service = await startService({ data, env });
        const token = service.token ?? '';
        let stoppedAt: number | undefined;
        const call = async (name: string) => {
          const answer = await fetch(`${service.url}/api/v1/staff`, {
            method: 'POST',
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
              'idempotency-key': crypto.randomUUID(),
            },
            body: JSON.stringify({ name }),
          });
          // the first answer is the sign to stop: the others are under way
          if (stoppedAt === undefined) {
            stoppedAt = performance.now();
            process.kill(service.pid, 'SIGTERM');
          }
          const { code } = (await answer.json()) as { readonly code?: string };
          return { name, status: answer.status, code, retryAfter: answer.headers.get('retry-after') };
        };
        const names = Array.from({ length: CALLERS }, (_, at) => `Personne ${at}.`);
        const answers = await Promise.all(names.map(call));
        await service.ended;
        expect(performance.now() - (stoppedAt ?? 0)).toBeLessThan(15_000);
        expect(service.output()).toContain('Témoin est arrêté.');
        const made = answers.filter(({ status }) => status === 201);
        expect(made.length).toBeGreaterThan(1);
        for (const one of answers)
          if (one.status !== 201) expect(one).toMatchObject({ status: 503, code: 'stopping', retryAfter: '5' });

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
      }),
    120_000,
  );
});
