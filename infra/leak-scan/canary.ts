import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OtlpReceiver, openOtlpReceiver } from '#testing/otlp-receiver.js';
import { openWebhookReceiver, type WebhookReceiver } from '#testing/webhook-receiver.js';
import { filesOf, type Haystack, scan } from '../../apps/cli/leak-scan/scan.js';
import { run } from '../../apps/cli/run.js';
import { bindings } from '../../apps/composition/bindings.js';
import { httpClient } from '../demo/http-client.js';
import { type ServiceProcess, startService, withTemporaryFolder } from '../demo/service-process.js';
import { eraseMember } from './erase-member.js';
import { FLOW_STARTS, type Lived, plantEverywhere } from './flow.js';
import { leakNames } from './leaky-projection.js';
import { openEverything } from './open-everything.js';
import { type Planter, planter } from './planter.js';

/** One thing that must hold. */
export interface Check {
  readonly what: string;
  readonly passed: boolean;
  /** What was found instead: places and counts, never a token. */
  readonly found: string;
}

export type Tell = (check: Check) => void;

interface Run {
  readonly folder: string;
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: (() => string)[];
  /** Takes the traces of the service: what it is sent is looked through like everything else. */
  readonly collector: OtlpReceiver;
  /** A subscriber to the whole feed. */
  readonly subscriber: WebhookReceiver;
  readonly check: (what: string, passed: boolean, found?: unknown) => void;
}

/**
 * The life of a member with a token of its own in every text, from the first request to the certificate of erasure: what
 * lies on disk, in logs, in backups and in exports holds no token at any moment, everything opens before, and nothing after.
 */
export async function canary(charterText: string, tell: Tell): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const check: Run['check'] = (what, passed, found = '') => {
    const one = { what, passed, found: passed ? '' : typeof found === 'string' ? found : JSON.stringify(found) };
    checks.push(one);
    tell(one);
  };
  const collector = await openOtlpReceiver();
  const subscriber = await openWebhookReceiver();
  await withTemporaryFolder('canary', async (folder) => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '200',
      TEMOIN_LOG_LEVEL: 'debug',
      TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl'),
      TEMOIN_ROOT_KEY_FILE: join(folder, 'keys', 'root-key.json'),
      TMPDIR: join(folder, 'tmp'),
    };
    for (const name of ['tmp', 'keys']) await mkdir(join(folder, name), { mode: 0o700 });
    const outputs = [() => collector.bytes().toString('utf8'), () => received(subscriber)];
    const run: Run = { folder, data: join(folder, 'data'), env, outputs, collector, subscriber, check };
    await live(run, charterText);
  }).finally(async () => {
    await collector.close();
    await subscriber.close();
  });
  return checks;
}

/** What a subscriber was sent, but for its own address, which it knows. */
const received = ({ deliveries }: WebhookReceiver): string =>
  JSON.stringify(deliveries.map(({ headers, body }) => [headers, body]));

async function live(run: Run, charterText: string): Promise<void> {
  const { data, env, check, outputs } = run;
  const service = await startService({ data, simulate: FLOW_STARTS, env });
  outputs.push(service.output);
  try {
    const admin = httpClient(service.url, service.token ?? '');
    const plant = planter(
      await admin.get('/openapi.json'),
      bindings.flatMap((binding) => binding.events),
    );
    const lived = await plantEverywhere({
      admin,
      planter: plant,
      charterText,
      receiver: { origin: run.subscriber.origin, was: (type) => told(run, type) },
    });
    check('every text field of the API was sent', plant.unfilled().length === 0, plant.unfilled());
    await scanAll(run, plant, 'while the service runs');
    await command(run, 'backup', join(run.folder, 'backups'));
    await scanAll(run, plant, 'with a backup beside');
    const before = await openEverything(env, data, lived.memberId);
    check('every personal field that is declared is in the log', before.neverSent.length === 0, before.neverSent);
    const { present, erased: struck, unreadable } = before.ofMember;
    const opens = unreadable === 0 && present > 50 && struck > 0 && struck < 10;
    check('everything opens before the erasure, but the texts struck out', opens, before.ofMember);
    const stored = plant.planted.filter(({ token }) => before.texts.includes(token));
    check('what was sent is what opens', stored.length > 30, `${stored.length} tokens open`);
    await erased(run, service, lived, plant);
  } finally {
    await service.kill();
  }
}

async function erased(run: Run, service: ServiceProcess, lived: Lived, plant: Planter): Promise<void> {
  const { data, env, check } = run;
  const before = await owedAbout(lived);
  check('there was something left to do about the member', before.length > 3, before);
  const certificate = await eraseMember(lived);
  check('the certificate says complete', certificate.result === 'complete', certificate.stores);
  check('it says what may be left of the keys', certificate.vault?.kind === 'sqlite', certificate.vault);
  const name = plant.planted.find(({ where }) => where === 'POST /members.name')?.token ?? '';
  const found = await lived.api.post('/members/search', { text: name });
  const journal = await lived.api.post('/journal/search', { text: name.slice(0, 6), purpose: 'quality' });
  check(
    'no search finds the member',
    [found, journal].every((one) => (one.items as readonly unknown[]).length === 0),
  );
  // the views follow within moments
  let owed = await owedAbout(lived);
  for (let tries = 0; owed.length > 0 && tries < 6000; tries += 1) {
    await sleep(100);
    owed = await owedAbout(lived);
  }
  check('nobody is sent after the member any more', owed.length === 0, owed);
  await told(run, ERASED);
  const types = typesTold(run);
  check('a subscriber was told of everything, the erasure included', types.size > 15 && types.has(ERASED), [...types]);
  await scanAll(run, plant, 'after the erasure');
  await service.stop();
  await scanAll(run, plant, 'after the service ended');
  checkTraces(run);
  const after = await openEverything(env, data, lived.memberId);
  const { present, unreadable, erased: gone } = after.ofMember;
  check('every value of the member answers erased', present + unreadable === 0 && gone > 50, after.ofMember);
  check('nobody else was erased', after.ofOthers.present > 0 && after.ofOthers.erased === 0, after.ofOthers);
  await leakNames(env, data);
  const caught = scan(await haystacks(run), plant.planted);
  check('a projection that keeps names readable is caught', caught.length > 0);
}

const ERASED = 'fr.temoin.data.erased.v1';
const typesTold = ({ subscriber: { deliveries } }: Run): ReadonlySet<string> =>
  new Set(deliveries.flatMap(({ body }) => (JSON.parse(body) as readonly { type: string }[]).map(({ type }) => type)));

/** Waits for it, within moments: what did not come shows in the checks. */
async function told(run: Run, type: string): Promise<void> {
  for (let tries = 0; !typesTold(run).has(type) && tries < 6000; tries += 1) await sleep(100);
}

/** Parts of the work list and deadlines with a line about the member, whatever was left to do on the day of the erasure. */
async function owedAbout({ api, memberId }: Lived): Promise<readonly string[]> {
  const { toDecide, ...work } = await api.get('/work');
  const { strikeOutsToDecide, seriousDeviations } = toDecide as Readonly<Record<string, unknown>>;
  const { items: deadlines } = await api.get('/deadlines');
  const parts = { ...work, strikeOutsToDecide, seriousDeviations, deadlines } as Readonly<Record<string, unknown>>;
  // the answer to the erasure and what the association owes its own register are never closed by it
  const owed = (text: string) => text.includes(`"memberId":"${memberId}"`) && !/"kind":"(rights|complaint)"/.test(text);
  return Object.entries(parts).flatMap(([name, part]) => {
    const items = (Array.isArray(part) ? part : ((part as { items?: unknown }).items ?? [])) as readonly unknown[];
    return items.some((one) => owed(JSON.stringify(one))) ? [name] : [];
  });
}

/** What must be in the traces of a life: else that no token is there would say nothing. */
const TRACED = [
  'command',
  'decision',
  'append',
  'keys made or found',
  'keys destroyed',
  'projection batch',
  'erasures',
];

function checkTraces({ collector: { spans }, check }: Run): void {
  const missing = TRACED.filter((name) => !spans.some((one) => one.name === name));
  check('its work was traced', missing.length === 0 && spans.length > 500, { missing, spans: spans.length });
  const ids = new Map(spans.map((one) => [one.spanId, one]));
  const lost = spans.filter(({ name, parentSpanId }) => name === 'append' && ids.get(parentSpanId)?.name !== 'command');
  const asked = spans.filter(({ name, parentSpanId }) => name === 'command' && ids.get(parentSpanId)?.kind === 2);
  check(
    'every append lies below its command, and those of people below their requests',
    lost.length === 0 && asked.length > 50,
    {
      lost: lost.length,
      asked: asked.length,
    },
  );
}

async function scanAll(run: Run, { planted }: Planter, when: string): Promise<void> {
  const leaks = scan(await haystacks(run), planted);
  run.check(`no token is readable ${when}`, leaks.length === 0, leaks.slice(0, 10));
}

const haystacks = async ({ folder, outputs }: Run): Promise<readonly Haystack[]> => [
  ...(await filesOf(folder)),
  ...outputs.map((output, index) => ({ name: `output ${index}`, bytes: Buffer.from(output(), 'utf8') })),
];

/** One command of the command line; what it prints is looked through like everything else. */
async function command({ data, env, outputs, check }: Run, ...args: readonly string[]): Promise<void> {
  const said: string[] = [];
  outputs.push(() => said.join(''));
  const code = await run(['--simulation', ...args], {
    out: (text) => void said.push(text),
    err: (text) => void said.push(text),
    interactive: false,
    redraws: false,
    ask: async () => '',
    env: { ...env, TEMOIN_DATA: data },
  });
  check(`temoin ${args[0]}`, code === 0, said.join('').slice(0, 500));
}
