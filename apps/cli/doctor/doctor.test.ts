import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { visitsView } from '#testing/visit.js';
import { createRootKeyFile } from '#vault/root-key-file.js';
import { lettersView } from '#views/letters.js';
import { httpClient } from '../../../infra/demo/http-client.js';
import { type ServiceProcess, startService } from '../../../infra/demo/service-process.js';
import { loadConfiguration } from '../../composition/configuration.js';
import { openInstallation } from '../../composition/installation.js';
import { decline, publish } from '../../service/one-letter.fixture.js';
import { captured } from '../captured.fixture.js';
import { figureFindings } from './figure-findings.js';
import type { Finding } from './finding.js';
import { lasting } from './finding.js';

let folder: string;
let service: ServiceProcess | undefined;
const env = (): Record<string, string> => ({
  TEMOIN_DATA: join(folder, 'data'),
  TEMOIN_NIGHTLY_AT: 'off',
  TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl'),
  TEMOIN_ROOT_KEY_FILE: join(folder, 'keys', 'root-key.json'),
});
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-doctor-'));
  await mkdir(join(folder, 'keys'), { mode: 0o700 });
});
afterAll(async () => {
  await service?.kill();
  await rm(folder, { recursive: true, force: true });
});

async function doctor(args: readonly string[] = ['--json'], more: Readonly<Record<string, string>> = {}) {
  return captured(['--simulation', ...args, 'doctor'], { ...env(), ...more });
}
async function found(more: Readonly<Record<string, string>> = {}) {
  const { code, out } = await doctor(['--json'], more);
  const { findings } = JSON.parse(out) as { readonly findings: readonly Finding[] };
  return { code, findings, of: (what: string) => findings.filter((one) => one.what === what) };
}

describe('temoin doctor beside a service', () => {
  it('reads who does the background work, the mail queue and what opens', async () => {
    const { TEMOIN_DATA: data = '', ...rest } = env();
    service = await startService({ data, simulate: '2026-06-02T09:00:00+02:00', env: rest });
    const admin = httpClient(service.url, service.token ?? '');
    const staffId = String((await admin.get('/me')).staffId);
    const roles = ['Director', 'SupportLead', 'Technician'];
    const { token } = await admin.post('/tokens', { staffId, roles, expiresAt: '2027-06-01T00:00:00Z' });
    const api = admin.as(String(token));
    await publish(api);
    await decline(api);
    while (((await api.get('/letters')).items as unknown[]).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    // on a busy machine the views of what was just done may be seconds behind
    while ((await api.send('GET', '/health/ready')).status !== 200)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const port = { TEMOIN_PORT: new URL(service.url).port };
    const { code, of } = await found(port);
    expect(code).toBe(0);
    expect(of('service')).toMatchObject([{ state: 'ok', says: 'tourne, et se dit prêt' }]);
    expect(of('background')).toMatchObject([{ state: 'ok', says: expect.stringContaining('tenu par process/') }]);
    expect(of('mail')).toMatchObject([
      { state: 'ok', figure: 1, says: expect.stringContaining('1 lettre en attente') },
    ]);
    expect(of('opening')).toMatchObject([{ state: 'ok', says: expect.stringMatching(/aucune illisible/) }]);
    expect(of('erasures')).toMatchObject([{ state: 'ok' }]);
    expect(of('view letters')).toMatchObject([{ state: 'ok', says: 'à jour' }]);
    await admin.put('/simulation/clock', { to: '2026-06-02T16:00:00+02:00' });
    const later = await found(port);
    expect(later.of('mail')).toMatchObject([{ state: 'note', advice: expect.stringContaining('s’impriment') }]);
    const server = { ...port, TEMOIN_SMTP: 'smtp://127.0.0.1:9?tls=false', TEMOIN_MAIL_FROM: 'a@exemple.test' };
    expect((await found(server)).of('mail')).toMatchObject([
      { state: 'fault', advice: expect.stringContaining('MailWaits.md') },
    ]);
    const text = await doctor([], port);
    expect(text.out).toMatch(/^à voir\s+courrier\s+1 lettre en attente, la plus ancienne depuis 7 heures/m);
    expect(text.out).not.toMatch(/Fictive|Un site/);
    expect(text.out).not.toMatch(/\b(the|and|not|is)\b/);
  });
});

describe('temoin doctor where no service runs', () => {
  it('reads the stores themselves: lag in events and seconds, nobody at work', async () => {
    await service?.stop();
    const installation = await openInstallation(loadConfiguration(env(), [], { simulation: true }), {
      lock: false,
      create: false,
      project: false,
    });
    const { temoin } = installation;
    const staffId = temoin.ids.freshCommandId();
    const given = { commandId: temoin.ids.freshCommandId(), actor: 'system', actorRoles: ['Administrator'] };
    const command = { type: 'RegisterStaff', staffId, name: 'Camille Exemple' };
    expect(await temoin.execute({ ...given, stream: `staff-${staffId}`, command })).toMatchObject({
      outcome: 'accepted',
    });
    await installation.close();
    const { code, of } = await found();
    expect(code).toBe(0);
    expect(of('service')).toMatchObject([{ state: 'note', says: 'ne tourne pas ici', advice: expect.any(String) }]);
    expect(of('background')).toMatchObject([{ state: 'note', says: 'tenu par personne' }]);
    expect(of('view staff')).toMatchObject([
      { state: 'note', figure: 1, says: expect.stringMatching(/^en retard de 1 fait, depuis \d+ (seconde|minute)s?$/) },
    ]);
    expect(of('backup')).toMatchObject([{ state: 'note', says: 'aucune connue' }]);
  });

  it('finds out that values do not open, and never takes that for an erasure', async () => {
    const other = join(folder, 'keys', 'another.json');
    await createRootKeyFile(other);
    const { code, of } = await found({
      TEMOIN_ROOT_KEY_FILE: other,
      TEMOIN_SIGNING_KEY_FILE: join(folder, 'keys', 'signing-key.json'),
    });
    expect(code).toBe(1);
    expect(of('opening')).toMatchObject([
      { state: 'fault', says: expect.stringMatching(/illisibles? sur \d+ \((damaged|key-missing)/) },
    ]);
  });

  it('says in French what stands in the way, and keeps the sentence that names it', async () => {
    const { code, of } = await found({ TEMOIN_ROOT_KEY_FILE: join(folder, 'keys', 'nowhere.json') });
    expect(code).toBe(1);
    expect(of('installation')).toMatchObject([
      {
        state: 'fault',
        says: 'la clé racine manque ou n’est pas sûre',
        advice: expect.stringContaining('nowhere.json'),
      },
    ]);
  });
});

describe('temoin doctor after a first start that met no server', () => {
  const NOBODY = '127.0.0.1:9';
  it('names each server that does not open and why, and not the root key that was never made', async () => {
    const data = await mkdtemp(join(folder, 'first-'));
    const servers = {
      TEMOIN_EVENT_STORE: `esdb://temoin:s3cret@${NOBODY}?tls=false`,
      TEMOIN_VIEW_STORE: `mongodb://temoin:s3cret@${NOBODY}/v?tls=false&serverSelectionTimeoutMS=300`,
    };
    await captured(['--data', data, '--simulation', 'staff', 'add', '--name', 'Camille Exemple'], servers);
    const { code, out } = await captured(['--data', data, '--simulation', '--json', 'doctor'], servers);
    const { findings } = JSON.parse(out) as { readonly findings: readonly Finding[] };
    const faults = findings.filter(({ state }) => state === 'fault');
    expect(code).toBe(1);
    expect(faults.map(({ what }) => what)).toEqual(['event store', 'view store']);
    for (const { says, advice } of faults) {
      expect(says).toBe('le serveur ne répond pas');
      expect(advice).toContain('cannot be reached: check host and port');
    }
    expect(out).not.toMatch(/s3cret|clé racine manque/);
  });
});

describe('its figures', () => {
  const config = loadConfiguration({}, []);
  const alone = { findings: [], runs: true, figures: undefined };

  it('name a view that leaves streams out, and nobody at work, as faults', async () => {
    const temoin = await openMemoryTemoin({ views: [visitsView, lettersView] });
    const bytes = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8');
    const event = { eventId: randomUUID(), type: 'VisitOpened', data: bytes({}), metadata: bytes({ version: 99 }) };
    const { position } = await temoin.eventStore.append('visit-broken', 'no-stream', [event]);
    await temoin.waitFor('visits', position, 600_000);
    const findings = await figureFindings({ temoin, config }, alone);
    expect(findings).toContainEqual(expect.objectContaining({ what: 'view visits', state: 'fault', figure: 1 }));
    expect(findings).toContainEqual(expect.objectContaining({ what: 'background', state: 'fault' }));
    await temoin.close();
  });

  it('take from the service what that process alone knows', async () => {
    const temoin = await openMemoryTemoin({ views: [visitsView, lettersView] });
    const figures = ['present', 'erased', 'vault-unavailable'].map(
      (one, index) => `temoin_vault_opens_total{result="${one}"} ${index + 1}\n`,
    );
    const findings = await figureFindings({ temoin, config }, { ...alone, figures: figures.join('') });
    expect(findings).toContainEqual(
      expect.objectContaining({
        what: 'opening',
        state: 'note',
        figure: 3,
        says: expect.stringContaining('vault-unavailable'),
      }),
    );
    await temoin.close();
  });

  it('say how long in words', () => {
    expect([0, 1, 90, 600, 7200, 400_000].map(lasting)).toEqual([
      '0 seconde',
      '1 seconde',
      '90 secondes',
      '10 minutes',
      '2 heures',
      '5 jours',
    ]);
  });
});
