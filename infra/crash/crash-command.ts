import { parseArgs } from 'node:util';
import { keepResult, onThisMachine } from './results.js';
import { scenarios } from './scenarios.js';

const USAGE = `Usage: npm run crash -- [--scenario NAME] [--runs N] [--seed S] [--json]

commands (default): kills the real service (kill -9) in the middle of a stream of commands that several clients send over HTTP, restarts it,
and checks that every acknowledged command is stored exactly once where its receipt says, that streams have no gaps, that
a retry under the same Idempotency-Key answers the first receipt, and that every view equals its rebuild.

erasure: kills erasures, retention runs, rotations of the root key, backups and restores, after each of their steps and in
between, then opens everything of everybody: nothing that was destroyed comes back, nothing that lives is lost, every
destruction ends with its certificate, which claims nothing that copies of the keys belie, every backup that counts as one is whole.
Played twice, with the keys in a file and on MongoDB. There half of the runs are on a server by itself and half on a replica set, which
TEMOIN_TEST_MONGODB_COMMAND runs and which are killed too; with TEMOIN_TEST_MONGODB_URL alone a server that is there is used and not
killed; with neither: not run. A vault on a server has no backups here: those kills are on files only.

erasure-eventstoredb: the same with the events on EventStoreDB, a server for each ten runs, which is killed too, and without backups
and restores: they are of files only. Needs TEMOIN_TEST_EVENTSTOREDB_COMMAND; without it: not run.

steps: kills the application at every named step of the way from a command to its views, and of a rebuild, in turn; the
same checks as for commands.

server: the event store on a server of its own that is killed, frozen, restarted, whose line is cut, slowed or frozen, whose
answers are lost, while clients send commands and do not let go of them; then the kills of « steps » on that engine. Needs
TEMOIN_TEST_EVENTSTOREDB_COMMAND, which runs one on $PORT with its data in $DATA (exec …); without it: not run.

mongodb: views and keys on a MongoDB of their own, half of the runs by itself and half as a replica set, which suffers the same as
the server of « server »; then the kills of « steps » on it. Needs TEMOIN_TEST_MONGODB_COMMAND, which runs one on $PORT with its data
in $DATA and, where $SET is not empty, as a replica set of that name; without it: not run.

files: the event store's file truncated or with a bit flipped: said, or unharmed, never served as the truth; the disk full or
read-only (as root, on a small disk in memory; otherwise: not run), the clock jumping, a second service on the folder.

copy: kills a copy of the log into another file, and lets it go on; then into EventStoreDB, which
TEMOIN_TEST_EVENTSTOREDB_COMMAND runs, and on the way back into a file (without it: not run).

  --scenario  commands, steps, copy, erasure, erasure-eventstoredb, files, server or mongodb
  --runs N    how many kills (default 50)
  --seed S    chooses the commands and the moments of the kills (default: from the clock; printed). Each run of commands and of
              steps has a seed of its own, S, S + 1 …, so that 50 runs are 50 seeds; it is printed with a fault.
              « --seed THAT --runs 1 » plays the same commands of each client again, the same step or number of answers before
              the kill, and the same program. Not the same: the folder, which is fresh then, and filled by up to eleven runs
              before where they are played in a row (the first --seed with the same --runs fills it again); ids; and how the
              clients come among each other, which is the machine's.
  --keep      keeps the result for docs/reference/faults.md (infra/crash/results), which npm run generate writes
  --json      one JSON document on standard output; progress goes to standard error

Exit codes: 0 nothing lost; 1 a fault was found; 2 wrong usage.
`;

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  let values: { scenario: string; runs: string; seed?: string; json: boolean; keep: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string', default: 'commands' },
        runs: { type: 'string', default: '50' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
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
  if (values.keep)
    await keepResult({ scenario: values.scenario, seed, ...onThisMachine(), sentence, result: document });
  if (values.json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  else out.write(`crash: ${sentence}; ${faults.length} faults\n`);
  for (const fault of faults.slice(0, 20)) process.stderr.write(`crash: ${fault}\n`);
  return faults.length > 0 ? 1 : 0;
}
