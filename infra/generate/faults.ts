import { type KeptResult, keptResults } from '../crash/results.js';
import { type GeneratedFile, table } from './markdown.js';

const ABOUT: Readonly<Record<string, string>> = {
  commands: 'kill -9 of the service amid commands that clients send over HTTP, at any moment',
  steps: 'kill -9 at every named step from a command to its views, and of a rebuild',
  copy: 'kill -9 of `temoin copy`’s work after any number of appends, and the same call again: between files, into EventStoreDB and back',
  erasure:
    'kill -9 at every step of erasures, retention runs and rotations of the root key, keys in a file and on MongoDB, which is killed too; of backups and restores (files)',
  'erasure-eventstoredb':
    'the same erasures, retention runs and rotations with the events on EventStoreDB, which is killed too; no backups, which are of files',
  files: 'the event store’s file damaged, the disk full or read-only, the clock jumping, a second service',
  server: 'EventStoreDB killed, frozen, restarted; its line cut, slowed, frozen; its answers lost',
  mongodb:
    'views and keys on a MongoDB that is killed, frozen, restarted; its line cut, slowed, frozen; its answers lost',
  parity: 'the same scenario on every engine: bytes, order, views',
};

/** What the runs of faults have found, from their kept raw results: `npm run crash -- --scenario NAME --keep`. */
export async function faultFiles(): Promise<readonly GeneratedFile[]> {
  const results = await keptResults();
  const text = `# Faults: what was tried, and what was found

Generated from the raw results in \`infra/crash/results\` by \`npm run generate\`. Each was written by
\`npm run crash -- --scenario NAME --runs N --seed S --keep\`, and can be played again under its seed: the same commands in the same
order from each client, the same steps, the same damages. The moment at which a kill lands among other processes is the machine's.
Where the table gives a row of seeds, each run had its own, which is printed with a fault: \`--seed THAT --runs 1\` plays that run's
commands and chosen moments again, in a fresh folder. In the row up to twelve runs share one, so that histories go over many kills; to
have it filled as it was, play the row again.

After each fault of \`commands\`, \`steps\`, \`server\`, \`mongodb\` and the upsets of \`files\`: every acknowledged command is there exactly once,
where its receipt says; nothing is half there; revisions have no gaps; every view equals its rebuild; the history of each stream, from
the clients' side, is linearizable. After a kill a retry under the same key answers the first receipt. \`erasure\` (both): no destroyed key is
back, none that lives is lost, and what each certificate says of the keys' bytes holds against copies taken of them before.
\`copy\`: it goes on, and both logs are equal by digest. A damaged file: what is read is what was written, or a fault; nothing else
is served.

What is killed is the service as it ships in a share of \`commands\`, elsewhere the composed application behind the barest of HTTP.
Not in here: bits turned over in the files of views (a rebuild makes them again) and of keys (wrapped keys authenticate themselves,
tombstones do not); a disk that turns read-only under a running service (a start on one is tried).

A linearizable history: there is an order of all calls, each taking effect at one moment between its sending and its answer, in which
every answer is right. The checker (\`infra/crash/history\`) is the search of Wing and Gong with Lowe's memory; its tests have
histories that must fail.

${table(
  ['scenario', 'what befalls', 'seeds', 'faults found'],
  results.map((one) => [one.scenario, ABOUT[one.scenario] ?? '', seedOf(one), String(faultsOf(one).length)]),
)}

${results.map(sectionOf).join('\n\n')}
`;
  return [{ path: 'docs/reference/faults.md', text }];
}

function sectionOf(one: KeptResult): string {
  const faults = faultsOf(one);
  const found = faults.length === 0 ? 'No fault was found.' : faults.map((fault) => `- ${fault}`).join('\n');
  return `## ${one.scenario}\n\n${wrapped(one.sentence)}\n\n${found}\n\nOn ${one.on}; ${one.when}; seed ${seedOf(one)}.`;
}

function seedOf({ seed, result }: KeptResult): string {
  const { lastSeed = seed } = result as { readonly lastSeed?: number };
  return lastSeed === seed ? String(seed) : `${seed} to ${lastSeed}`;
}

function faultsOf({ result }: KeptResult): readonly string[] {
  const { faults } = result as { readonly faults?: readonly string[] };
  return faults ?? [];
}

/** Lines of a width that people read. */
function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length > 125) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}
