import { readdir } from 'node:fs/promises';
import { buildHouse, type House } from './house.js';
import { httpClient, type Json } from './http-client.js';
import { nextStoryDay, parisTime } from './paris.js';
import { withTemporaryFolder } from './service-process.js';
import type { Played, Scenario, Stage } from './stage.js';

const SCENARIOS = new URL('./scenarios/', import.meta.url);

/** Every scenario: one file each in `scenarios/`, found by looking. */
export async function scenarios(): Promise<readonly Scenario[]> {
  const files = (await readdir(SCENARIOS)).filter((name) => /^[a-z-]+\.js$/.test(name)).sort();
  return Promise.all(
    files.map(async (name) => ((await import(new URL(name, SCENARIOS).href)) as { scenario: Scenario }).scenario),
  );
}

export interface PlayOptions {
  readonly scenario: Scenario;
  readonly charter: Stage['charter'];
  /** A service that runs already, in simulation mode; without it a fresh one is started and removed afterwards. */
  readonly running?: { readonly url: string; readonly token: string };
  readonly tell: (line: string) => void;
  /** For scenarios of many sessions: how many. */
  readonly sessions?: number | undefined;
}

const FIRST_MOMENT = '2026-06-02T08:30:00+02:00';

/** @throws Error when the service cannot be started, is no simulation, or answers otherwise than the story has it */
export async function play({ scenario, charter, running, tell, sessions }: PlayOptions): Promise<Played> {
  if (running) return scenario.play({ ...(await stageOn(running, undefined, charter, tell)), sessions });
  return withTemporaryFolder('demo', async (folder) => {
    tell(`Démarrage d’un service neuf, en simulation (${FIRST_MOMENT.slice(0, 10)})…`);
    const house = await buildHouse(folder, FIRST_MOMENT);
    try {
      const { url, token, output } = house.service;
      if (token === undefined) throw new Error(`The service showed no access token:\n${output()}`);
      return await scenario.play({ ...(await stageOn({ url, token }, house, charter, tell)), sessions });
    } finally {
      await house.close();
    }
  });
}

async function stageOn(
  { url, token }: { readonly url: string; readonly token: string },
  house: House | undefined,
  charter: Stage['charter'],
  tell: (line: string) => void,
): Promise<Stage> {
  const admin = httpClient(url.replace(/\/+$/, ''), token);
  const clock = await admin.send('GET', '/simulation/clock');
  const now = momentIn(clock.body);
  if (clock.status !== 200 || now === undefined)
    throw new Error(
      `Le service à ${url} ne répond pas comme une simulation (${clock.status}) : la démonstration ne se joue jamais sur des données réelles.`,
    );
  const day = nextStoryDay(now);
  let steps = 0;
  return {
    admin,
    charter,
    house,
    day,
    at: (time) => parisTime(day, time),
    async clockTo(time) {
      const wanted = parisTime(day, time);
      const reached = momentIn(await admin.get('/simulation/clock')) ?? '';
      if (Date.parse(wanted) > Date.parse(reached)) await admin.put('/simulation/clock', { to: wanted });
      tell(`  ⏱  ${time}`);
    },
    chapter: (title) => tell(`\n▶ ${title}`),
    done(what, receipt) {
      steps += 1;
      tell(`  ✓ ${String(steps).padStart(2)}. ${what}${noteOf(receipt)}`);
    },
    refused(what, problem) {
      steps += 1;
      const rule = problem.rule === undefined ? '' : ` [${problem.rule}]`;
      const [pointed] = problem.errors;
      tell(`  ✗ ${String(steps).padStart(2)}. ${what} : refusé (${problem.status})${rule}`);
      tell(`         ${problem.detail} ${problem.next}${pointed ? ` (${pointed.pointer} : ${pointed.detail})` : ''}`);
    },
  };
}

/** The moment in the answer of the clock, whatever its field is called. */
const momentIn = (body: Json): string | undefined =>
  Object.values(body).find((value): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value));

const noteOf = (receipt: Json | undefined): string =>
  receipt !== undefined && Array.isArray(receipt.events) ? `  (${receipt.events.join(', ')})` : '';
