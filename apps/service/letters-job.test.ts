import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '#testing/shared-data.js';
import { httpClient } from '../../infra/demo/http-client.js';
import { type ServiceProcess, startService, withTemporaryFolder } from '../../infra/demo/service-process.js';
import { openTestMailServer } from './mail-server.fixture.js';

/** A real service, a real mail server, and the end that no program is told of. */
describe('a service that is killed', () => {
  it('sends no letter twice, and goes on where it was', async () => {
    const mail = await openTestMailServer();
    const begun: ServiceProcess[] = [];
    try {
      await withTemporaryFolder('letters', async (folder) => {
        const env = {
          TEMOIN_SMTP: `smtp://127.0.0.1:${mail.port}?tls=false`,
          TEMOIN_MAIL_FROM: 'aide@exemple.test',
          TEMOIN_NIGHTLY_AT: 'off',
          TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl'),
        };
        const place = { data: join(folder, 'data'), simulate: '2026-06-02T09:00:00+02:00', env };
        const first = await startService(place);
        begun.push(first);
        const admin = httpClient(first.url, first.token ?? '');
        const staffId = String((await admin.get('/me')).staffId);
        const rights = { staffId, roles: ['Director', 'SupportLead', 'Technician'], expiresAt: '2027-06-01T00:00:00Z' };
        const token = String((await admin.post('/tokens', rights)).token);
        const api = admin.as(token);
        await publish(api);
        await decline(api, 'eve@exemple.test');
        await until(() => mail.taken.length === 1);
        await first.kill();
        const second = await startService(place);
        begun.push(second);
        const again = httpClient(second.url, token);
        await decline(again, 'lou@exemple.test');
        await until(() => mail.taken.length === 2);
        await second.stop();
        expect(mail.taken.map(({ to }) => to)).toEqual([['eve@exemple.test'], ['lou@exemple.test']]);
        expect(second.output() + first.output()).not.toMatch(/eve@|lou@|Fictive/);
      });
    } finally {
      for (const one of begun) await one.kill();
      await mail.close();
    }
  });
});

async function publish(api: ReturnType<typeof httpClient>): Promise<void> {
  const text = await readFile(join(projectFolder, 'infra', 'demo', 'charte-exemple.txt'), 'utf8');
  const body = { effectiveFrom: '2026-06-01', text };
  const { body: told } = await api.send('POST', '/charter/versions', body);
  const missing = (told.errors ?? []) as readonly { readonly pointer: string }[];
  const acceptedMissing = missing.map(({ pointer }) => pointer.split('/').pop());
  if (missing.length > 0) await api.post('/charter/versions', { ...body, acceptedMissing });
}

async function decline(api: ReturnType<typeof httpClient>, email: string): Promise<void> {
  const person = { membershipNumber: email.slice(0, 3), name: 'Ève Fictive', email, status: 'active', minor: false };
  const memberId = String((await api.post('/members', person)).id);
  const asked = {
    memberId,
    problem: 'Un site.',
    channel: 'phone',
    commercialUse: false,
    confidentialDataPresent: false,
  };
  const requestId = String((await api.post('/requests', asked)).id);
  await api.post(`/requests/${requestId}/decline`, { reason: 'content-creation' });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}
