import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type OtlpReceiver, openOtlpReceiver, type ReceivedSpan } from '#testing/otlp-receiver.js';
import { quietPort } from '#testing/quiet-port.js';
import { projectFolder } from '#testing/shared-data.js';
import { type Client, httpClient } from '../../infra/demo/http-client.js';
import { type ServiceProcess, startService, withTemporaryFolder } from '../../infra/demo/service-process.js';
import { openTestMailServer } from './mail-server.fixture.js';
import { decline, PERSON, publish } from './one-letter.fixture.js';

const CALLER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };

/** A service with a collector and a mail server, whatever becomes of them. */
async function withService(
  env: Readonly<Record<string, string>>,
  work: (service: ServiceProcess, api: Client) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder('traces', async (folder) => {
    const service = await startService({
      data: join(folder, 'data'),
      simulate: '2026-06-02T09:00:00+02:00',
      env: {
        TEMOIN_NIGHTLY_AT: 'off',
        TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl'),
        TEMOIN_BACKUP_DIR: join(folder, 'backups'),
        OTEL_BSP_SCHEDULE_DELAY: '50',
        ...env,
      },
    });
    try {
      const admin = httpClient(service.url, service.token ?? '');
      const staffId = String((await admin.get('/me')).staffId);
      const roles = ['Administrator', 'Director', 'SupportLead', 'Technician'];
      const { token } = await admin.post('/tokens', { staffId, roles, expiresAt: '2027-06-01T00:00:00Z' });
      await work(service, admin.as(String(token)));
    } finally {
      await service.kill();
    }
  });
}

/** A member asks, with the caller's trace, and is told no by letter. */
async function ask(api: Client): Promise<void> {
  const memberId = await decline(api, {
    'idempotency-key': 'once',
    traceparent: `00-${CALLER.trace}-${CALLER.span}-01`,
    tracestate: 'maison=belle-soeur',
  });
  await api.get(`/members/${memberId}?purpose=quality`);
  await api.send('GET', '/members/personne?purpose=quality');
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('a service that is traced', () => {
  let collector: OtlpReceiver;
  let output = '';
  beforeAll(async () => {
    collector = await openOtlpReceiver();
    const mail = await openTestMailServer();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      TEMOIN_NIGHTLY_AT: '02:30',
      TEMOIN_SMTP: `smtp://127.0.0.1:${mail.port}?tls=false`,
      TEMOIN_MAIL_FROM: 'aide@exemple.test',
    };
    await withService(env, async (service, api) => {
      await publish(api);
      await ask(api);
      await until(() => mail.taken.length === 1);
      await api.post('/backups');
      await api.send('GET', '/health/ready');
      await api.put('/simulation/clock', { to: '2026-06-03T03:00:00+02:00' });
      await until(() => collector.spans.some((one) => one.attributes['temoin.step'] === 'backup'));
      await until(() => collector.spans.some((one) => one.name === 'letter sent'));
      await service.stop();
      output = service.output();
    });
    await mail.close();
  });
  afterAll(() => collector.close());

  const below = (parent: ReceivedSpan, name: string): ReceivedSpan => {
    const found = collector.spans.find((one) => one.parentSpanId === parent.spanId && one.name === name);
    if (found === undefined) throw new Error(`nothing named ${name} below ${parent.name}`);
    return found;
  };
  const named = (name: string) => collector.spans.filter((one) => one.name === name);

  it('says of a command where its time went: request, command, facts, decision, keys, append, below who called', () => {
    const [request] = named('POST /api/v1/requests');
    if (!request) throw new Error('the request has no span');
    expect([request.traceId, request.parentSpanId, request.kind]).toEqual([CALLER.trace, CALLER.span, 2]);
    expect(request.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/api/v1/requests',
      'http.response.status_code': 201,
      'temoin.correlation_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const command = below(request, 'command');
    expect(command.attributes).toMatchObject({
      'temoin.category': 'request',
      'temoin.outcome': 'accepted',
      'temoin.correlation_id': request.attributes['temoin.correlation_id'],
    });
    below(command, 'facts');
    expect(below(command, 'decision').attributes).toMatchObject({ 'temoin.outcome': 'decided' });
    expect(below(command, 'keys made or found').attributes['temoin.keys']).toBeGreaterThan(0);
    expect(below(command, 'append').attributes).toMatchObject({ 'temoin.category': 'request' });
  });

  it('names requests by their declared route, and says of an opening how many answered what', () => {
    const reads = named('GET /api/v1/members/:memberId');
    expect(reads.map((one) => one.attributes['http.response.status_code']).sort()).toEqual([200, 404]);
    const opened = collector.spans.flatMap((one) => one.events.filter(({ name }) => name === 'values opened'));
    expect(opened.some(({ attributes }) => Number(attributes['temoin.present']) > 0)).toBe(true);
    expect(collector.spans.some(({ name }) => name.includes('/health/'))).toBe(false);
  });

  it('follows projections, processes, letters and backups, which nobody asked for', () => {
    const views = named('projection batch').flatMap((one) => String(one.attributes['temoin.view']).split(' '));
    expect(views).toContain('letters');
    const [step] = named('process step');
    expect(step?.attributes).toMatchObject({ 'temoin.process': expect.any(String), 'temoin.outcome': 'done' });
    if (step) below(step, 'command');
    expect(named('letter sent').map((one) => one.attributes)).toContainEqual({ 'temoin.outcome': 'taken' });
    expect(named('backup')).toHaveLength(1);
    expect(named('erasures').length).toBeGreaterThan(0);
    const night = named('night').map((one) => one.attributes['temoin.step']);
    expect(night).toEqual(expect.arrayContaining(['retention', 'rotation', 'backup']));
  });

  it('says nothing of anybody: no text, no id but the correlation, no machine', () => {
    const sent = collector.bytes().toString('utf8');
    for (const text of [
      ...Object.values(PERSON),
      'Fictive',
      'belle-s',
      'exemple.test',
      'personne',
      'aide@',
      projectFolder,
    ])
      expect([text, sent.includes(text)]).toEqual([text, false]);
    const allowed = /^(http\.(request\.method|route|response\.status_code)|temoin\.[a-z_]+|error\.type)$/;
    for (const { attributes } of collector.spans)
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).toMatch(allowed);
        if (name !== 'temoin.correlation_id') expect(String(value)).not.toMatch(/[a-z2-7]{20}|[0-9a-f]{8}-[0-9a-f]{4}/);
      }
    expect(output).not.toMatch(/collector/);
  });
});

describe('a collector that is away', () => {
  it('is said once; commands go on, and the service stops as always', async () => {
    const gone = await openOtlpReceiver(await quietPort());
    await gone.close();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: gone.endpoint, OTEL_EXPORTER_OTLP_TIMEOUT: '200' };
    await withService(env, async (service, api) => {
      const lines = () => service.output().split('the collector of traces does not take them').length - 1;
      while (lines() === 0) {
        await api.post('/staff', { name: 'Camille Exemple' });
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      for (let n = 0; n < 40; n += 1) {
        await api.post('/staff', { name: 'Camille Exemple' });
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      expect(lines()).toBe(1);
      await service.stop();
      // it came to its end by itself: one that waited for the collector would have been ended
      expect(service.output()).toContain('est arrêté');
    });
  });
});

describe('a service without a collector', () => {
  it('loads nothing of the SDK', async () => {
    const service = new URL('./run-service.js', import.meta.url).href;
    const script = `import { createRequire } from 'node:module'; await import(${JSON.stringify(service)});
      const files = Object.keys(createRequire(import.meta.url).cache);
      process.stdout.write(String(files.length > 0) + ' ' + files.filter((one) => /opentelemetry.(sdk|exporter|otlp|core)/.test(one)).length);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toBe('true 0');
  });
});
