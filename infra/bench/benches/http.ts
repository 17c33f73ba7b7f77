import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../../apps/composition/configuration.js';
import { type Client, httpClient, problemOf } from '../../demo/http-client.js';
import { type ServiceProcess, startService, withTemporaryFolder } from '../../demo/service-process.js';
import { atLeast, type Bench, type BenchReport, figure, inTurn, percentile99, ratioOf } from '../bench.js';
import { httpLoad, type Load } from '../http-load.js';
import { processorTime } from '../process-figures.js';

const CONNECTIONS = 64;
const BARE = new URL('../../../apps/service/bare-post.js', import.meta.url);

export const bench: Bench = {
  name: 'http',
  about: 'commands over HTTP, the whole path and durable, 64 connections, beside a bare Nest and Fastify POST',
  run: ({ quick, progress }) => measure(quick ? 1500 : 8000, quick ? 2 : 7, progress),
};

interface Loaded extends Load {
  /** Of all threads of the server, for each request, until it had nothing left to do. */
  readonly cpuMicroseconds: number;
  /** From the last answer until the server had nothing left to do: views may follow behind. */
  readonly quietAfterMs: number;
}

const measure = (milliseconds: number, rounds: number, progress: (line: string) => void): Promise<BenchReport> =>
  withTemporaryFolder('http', async (folder) => {
    const env = { TEMOIN_RATE_LIMIT: '0', TEMOIN_LOG_LEVEL: 'warn' };
    const bare = await startService({ data: folder, program: BARE });
    const service = await startService({ data: `${folder}/data`, env });
    try {
      const admin = httpClient(service.url, service.token ?? '');
      const { staffId } = await admin.get('/me');
      const roles = ['Administrator', 'Director', 'SupportLead', 'Technician'];
      const { token } = await admin.post('/tokens', { staffId, roles, expiresAt: '2099-01-01T00:00:00Z' });
      const api = admin.as(String(token));
      await publishCharter(api);
      const member = { membershipNumber: 'T-1', name: 'Ève Fictive', status: 'active', minor: false };
      const { id: memberId } = await api.post('/members', member);
      const problem = 'L’imprimante n’imprime plus depuis la mise à jour de ce matin, le voyant orange clignote.';
      const answers = { commercialUse: false, confidentialDataPresent: false };
      const body = JSON.stringify({ memberId, problem, channel: 'phone', ...answers });
      const load = (server: ServiceProcess, path: string) => async (): Promise<Loaded> => {
        const headers = { authorization: `Bearer ${token}` };
        const before = await processorTime(server.pid);
        const result = await httpLoad(server.url, { path, headers, body, connections: CONNECTIONS, milliseconds });
        if (result.refused.size > 0) throw new Error(`refused: ${JSON.stringify([...result.refused])}`);
        // what one still does must not be paid for by the other, whose turn comes next
        const quietAfterMs = await quiet(server);
        const cpu = (await processorTime(server.pid)) - before;
        return { ...result, cpuMicroseconds: cpu / result.latencies.length, quietAfterMs };
      };
      const runs = await inTurn(
        { bare: load(bare, '/requests'), temoin: load(service, '/api/v1/requests') },
        rounds,
        progress,
      );
      return reportOf(runs, milliseconds, rounds);
    } finally {
      await service.stop();
      await bare.stop();
    }
  });

const LOOK_EVERY_MS = 100;
/** A server that does nothing but look at its clocks now and then. */
const IDLE_SHARE = 0.1;
const GIVEN_UP_AFTER_MS = 60_000;

/** Waits until a server does nothing any more. @returns how long that took, in milliseconds */
async function quiet({ pid }: ServiceProcess): Promise<number> {
  const started = performance.now();
  for (let before = await processorTime(pid); ; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = await processorTime(pid);
    const waited = performance.now() - started;
    // elsewhere than on Linux the time is not known
    if (!((now - before) / 1000 > LOOK_EVERY_MS * IDLE_SHARE)) return Math.max(0, waited - LOOK_EVERY_MS);
    if (waited > GIVEN_UP_AFTER_MS) return waited;
    before = now;
  }
}

/** The example charter, the points that its text leaves open accepted by name: without one no request is taken. */
async function publishCharter(api: Client): Promise<void> {
  const text = await readFile(join(projectFolder, 'infra', 'demo', 'charte-exemple.txt'), 'utf8');
  const body = { effectiveFrom: '2026-06-01', text };
  const first = await api.send('POST', '/charter/versions', body);
  const acceptedMissing = problemOf(first).errors.flatMap(({ pointer }) => pointer.split('/').slice(-1));
  if (first.status >= 300) await api.post('/charter/versions', { ...body, acceptedMissing });
}

function reportOf(runs: ReadonlyMap<string, readonly Loaded[]>, milliseconds: number, rounds: number): BenchReport {
  const of = (name: string) => runs.get(name) ?? [];
  const bare = figure(
    'bare Nest and Fastify POST, validated',
    'requests/s',
    of('bare').map((one) => one.perSecond),
  );
  const temoin = figure(
    'Témoin, POST /api/v1/requests',
    'commands/s',
    of('temoin').map((one) => one.perSecond),
  );
  const slow = figure(
    'Témoin, 99 of 100 answered within',
    'ms',
    of('temoin').map((one) => percentile99(one.latencies)),
  );
  return {
    figures: [
      bare,
      temoin,
      slow,
      figure(
        'bare POST, CPU over all threads',
        'µs',
        of('bare').map((one) => one.cpuMicroseconds),
      ),
      figure(
        'Témoin, CPU over all threads, views included',
        'µs',
        of('temoin').map((one) => one.cpuMicroseconds),
      ),
      figure(
        'Témoin, after the last answer until views and processes had nothing left to do',
        'ms',
        of('temoin').map((one) => one.quietAfterMs),
      ),
    ],
    goals: [atLeast('HTTP commands, 64 connections, against the bare POST', ratioOf(temoin, bare), 0.4)],
    notes: [
      'The whole path: token, rights, validated body, the member’s state, decision, a key cell of its own made durable, sealing, durable append, receipt; every view follows in the same process meanwhile.',
      'Each command opens a stream. The same body, connections, flags and load generator for both, the generator in a process of its own that spends about 30 µs for each request; generator and servers share the machine.',
      'Each run begins when the other server has nothing left to do.',
      `Medians of ${rounds} runs of ${milliseconds} ms each, in turn, after one to warm up.`,
    ],
  };
}
