import { parseArgs } from 'node:util';
import { crash } from './crash.js';
import { crashErasures } from './erasure/erasure-runs.js';
import { crashServer } from './server/server-runs.js';
import { crashAtSteps } from './steps/step-runs.js';

const USAGE = `Usage: npm run crash -- [--scenario NAME] [--runs N] [--seed S] [--json]

commands (default): kills the real service (kill -9) in the middle of a stream of commands that several clients send over HTTP, restarts it,
and checks that every acknowledged command is stored exactly once where its receipt says, that streams have no gaps, that
a retry under the same Idempotency-Key answers the first receipt, and that every view equals its rebuild.

erasure: kills erasures, retention runs, rotations of the root key, backups and restores, after each of their steps and in
between, then opens everything of everybody: nothing that was destroyed comes back, nothing that lives is lost, every
destruction ends with its certificate, every backup that counts as one is whole.

steps: kills the application at every named step of the way from a command to its views, and of a rebuild, in turn; the
same checks as for commands.

server: the event store on a server of its own that is killed, frozen, restarted, whose line is cut, slowed or frozen, whose
answers are lost, while clients send commands and do not let go of them; then the kills of « steps » on that engine. Needs
TEMOIN_TEST_EVENTSTOREDB_COMMAND, which runs one on $PORT with its data in $DATA (exec …); without it: not run.

  --scenario  commands, steps, erasure or server
  --runs N    how many kills (default 50)
  --seed S    chooses the commands and the moments of the kills (default: from the clock; printed)
  --json      one JSON document on standard output; progress goes to standard error

Exit codes: 0 nothing lost; 1 a fault was found; 2 wrong usage.
`;

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  let values: { scenario: string; runs: string; seed?: string; json: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string', default: 'commands' },
        runs: { type: 'string', default: '50' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const runs = Number(values.runs);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed) || seed < 0) {
    process.stderr.write(`--runs and --seed take whole numbers.\n\n${USAGE}`);
    return 2;
  }
  const play = scenarios.get(values.scenario);
  if (play === undefined) {
    process.stderr.write(`There is no scenario of that name.\n\n${USAGE}`);
    return 2;
  }
  const out = values.json ? process.stderr : process.stdout;
  out.write(`crash: ${runs} runs, seed ${seed}\n`);
  const { document, sentence, faults } = await play({ runs, seed, tell: (line) => void out.write(`crash: ${line}\n`) });
  if (values.json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  else out.write(`crash: ${sentence}; ${faults.length} faults\n`);
  for (const fault of faults.slice(0, 20)) process.stderr.write(`crash: ${fault}\n`);
  return faults.length > 0 ? 1 : 0;
}

interface Asked {
  readonly runs: number;
  readonly seed: number;
  readonly tell: (line: string) => void;
}

interface Outcome {
  readonly document: object;
  readonly sentence: string;
  readonly faults: readonly string[];
}

const TOLD_EVERY = 5;

async function commands({ runs, seed, tell }: Asked): Promise<Outcome> {
  const totals = await crash({
    runs,
    seed,
    onRun(run, { acknowledged, faults }) {
      if (run % TOLD_EVERY === 0 || run === runs)
        tell(`${run}/${runs} kills, ${acknowledged} commands acknowledged, ${faults.length} faults`);
    },
  });
  const sentence =
    `${totals.runs} kills in ${totals.seconds} s, ${totals.wholeServiceRuns} of them of the whole service; ${totals.acknowledged} commands acknowledged, ${totals.inFlight} in flight ` +
    `(${totals.inFlightStored} of them stored), ${totals.retried} retried, ${totals.refused} refused; ` +
    `${totals.viewsCompared} views compared with their rebuild; ${totals.histories} histories of one stream linearizable, ${totals.historyCalls} calls`;
  return { document: totals, sentence, faults: totals.faults };
}

async function atSteps({ runs, seed, tell }: Asked): Promise<Outcome> {
  const totals = await crashAtSteps({
    runs,
    seed,
    onRun(run, { acknowledged, faults }) {
      if (run % TOLD_EVERY === 0 || run === runs)
        tell(`${run}/${runs} kills, ${acknowledged} commands acknowledged, ${faults.length} faults`);
    },
  });
  const deaths = Object.entries(totals.deaths).flatMap(([step, count]) => (count > 0 ? [`${count} ${step}`] : []));
  const sentence =
    `${totals.runs} kills in ${totals.seconds} s (${deaths.join(', ')}); ${totals.acknowledged} commands acknowledged, ` +
    `${totals.inFlight} in flight (${totals.inFlightStored} of them stored), ${totals.retried} retried; ` +
    `${totals.viewsCompared} views compared with their rebuild; ${totals.histories} histories of one stream linearizable, ${totals.historyCalls} calls`;
  return { document: totals, sentence, faults: totals.faults };
}

async function erasures({ runs, seed, tell }: Asked): Promise<Outcome> {
  const totals = await crashErasures({
    runs,
    seed,
    onRun(run, { valuesOpened, faults }) {
      if (run % TOLD_EVERY === 0 || run === runs)
        tell(`${run}/${runs} kills, ${valuesOpened} values opened, ${faults.length} faults`);
    },
  });
  const kills = Object.entries(totals.kills).map(([operation, count]) => `${count} of ${operation}`);
  const sentence =
    `${totals.runs} kills in ${totals.seconds} s (${kills.join(', ')}), ${totals.through} of them too late; after ${totals.steps.size} different steps; ` +
    `${totals.valuesOpened} values opened, ${totals.backupsVerified} backups verified`;
  return { document: { ...totals, steps: [...totals.steps].sort() }, sentence, faults: totals.faults };
}

async function onServer({ runs, seed, tell }: Asked): Promise<Outcome> {
  const command = process.env.TEMOIN_TEST_EVENTSTOREDB_COMMAND;
  if (!command) {
    const sentence = 'not run: eventstoredb (TEMOIN_TEST_EVENTSTOREDB_COMMAND is not set)';
    return { document: { notRun: sentence }, sentence, faults: [] };
  }
  const totals = await crashServer({
    runs,
    seed,
    command,
    onRun(run, { acknowledged, again, faults }) {
      tell(
        `${run}/${runs} faults befell, ${acknowledged} commands acknowledged, ${again} sent again, ${faults.length} faults`,
      );
    },
  });
  const befell = Object.entries(totals.befell).map(([fault, count]) => `${count} ${fault}`);
  const sentence =
    `${totals.runs} faults befell in ${totals.seconds} s (${befell.join(', ')}); ${totals.acknowledged} commands acknowledged, ` +
    `${totals.again} sent again (${totals.storedBefore} of them had been stored); ${totals.viewsCompared} views compared with their rebuild; ` +
    `${totals.histories} histories of one stream linearizable, ${totals.historyCalls} calls; ` +
    `then ${totals.steps?.runs ?? 0} kills at steps, ${totals.steps?.acknowledged ?? 0} commands acknowledged`;
  return { document: totals, sentence, faults: totals.faults };
}

const scenarios = new Map<string, (asked: Asked) => Promise<Outcome>>([
  ['commands', commands],
  ['steps', atSteps],
  ['erasure', erasures],
  ['server', onServer],
]);
