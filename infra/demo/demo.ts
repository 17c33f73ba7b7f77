import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { play, scenarios } from './play.js';

const usage = (
  list: string,
) => `Usage: npm run demo -- [--charter FILE] [--scenario NAME] [--sessions N] [--json] [--url URL --token TOKEN]

Plays the main job against Témoin over HTTP, as an outside client would, and prints what it left behind: the charter,
the journal, the compliance view and one replayed stream. Every person in it is invented.

  --charter FILE    charter as plain text (default: an example of our own)
  --scenario NAME   the story to play (default: session)
  --sessions N      how many sessions the year has (default: 300); the other stories have their own
  --json            one JSON document on standard output and nothing else; progress goes to standard error
  --url, --token    play on a service that runs already, started with --simulate; otherwise a fresh one is started
                    in a temporary folder and removed afterwards
  --help            this text

Scenarios:
${list}
Exit codes: 0 played to the end; 1 something went otherwise; 2 wrong usage.
`;

/** @returns the exit code */
export async function demo(args: readonly string[], exampleCharter: string): Promise<number> {
  const known = await scenarios();
  const list = known.map(({ name, about }) => `  ${name.padEnd(16)}  ${about}\n`).join('');
  let options: {
    charter?: string;
    scenario: string;
    sessions?: string;
    json: boolean;
    url?: string;
    token?: string;
    help: boolean;
  };
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        charter: { type: 'string' },
        scenario: { type: 'string', default: 'session' },
        sessions: { type: 'string' },
        json: { type: 'boolean', default: false },
        url: { type: 'string' },
        token: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    options = values;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${usage(list)}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(usage(list));
    return 0;
  }
  const scenario = known.find(({ name }) => name === options.scenario);
  if (scenario === undefined) {
    process.stderr.write(`There is no scenario of that name. Scenarios:\n${list}`);
    return 2;
  }
  const sessions = options.sessions === undefined ? undefined : Number(options.sessions);
  if (sessions !== undefined && !(Number.isInteger(sessions) && sessions >= 1 && sessions <= 1000)) {
    process.stderr.write('--sessions is a whole number from 1 to 1000.\n');
    return 2;
  }
  const { url, token } = options;
  if ((url === undefined) !== (token === undefined)) {
    process.stderr.write('--url and --token go together.\n');
    return 2;
  }
  const file = options.charter ?? exampleCharter;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    process.stderr.write(`The charter ${file} cannot be read: ${messageOf(error)}\n`);
    return 2;
  }
  // `… | head` closes the pipe early, and somebody may stop the story: the service that plays it is stopped all the same
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const out = options.json ? process.stderr : process.stdout;
  const tell = (line: string) => void out.write(`${line}\n`);
  try {
    const running = url !== undefined && token !== undefined ? { running: { url, token } } : {};
    tell('Démonstration de Témoin : toutes les personnes sont des personnages fictifs.');
    const played = await play({ scenario, charter: { text, name: basename(file) }, tell, sessions, ...running });
    if (options.json) process.stdout.write(`${JSON.stringify(played.document, null, 2)}\n`);
    else tell(`${played.text()}\n\nDémonstration terminée.`);
    return 0;
  } catch (error) {
    process.stderr.write(`The demonstration stopped: ${messageOf(error)}\n`);
    return 1;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
