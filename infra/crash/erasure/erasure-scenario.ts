import type { Asked, Outcome } from '../outcome.js';
import { crashErasures, type ErasureTotals } from './erasure-runs.js';
import type { Home } from './home.js';
import { eventsOnEventStoreDb } from './where-events-are.js';
import { keysOnMongo } from './where-keys-are.js';

const TOLD_EVERY = 5;

interface Part {
  readonly name: 'sqlite' | 'eventstoredb' | 'mongodb';
  readonly where: string;
  readonly on: readonly Home[] | undefined;
  readonly without: string;
}

/** Everything in files; then the same with the events on EventStoreDB, and with the keys on MongoDB, where there is one. */
export async function erasures(asked: Asked): Promise<Outcome> {
  const command = process.env.TEMOIN_TEST_EVENTSTOREDB_COMMAND;
  const mongo = keysOnMongo(process.env);
  const servers: readonly Part[] = [
    {
      name: 'eventstoredb',
      where: 'events on EventStoreDB',
      on: command ? [eventsOnEventStoreDb(command)] : undefined,
      without: 'TEMOIN_TEST_EVENTSTOREDB_COMMAND is not set',
    },
    {
      name: 'mongodb',
      where: 'keys on MongoDB',
      on: mongo.length > 0 ? mongo : undefined,
      without: 'neither TEMOIN_TEST_MONGODB_COMMAND nor _URL is set',
    },
  ];
  const totals: Record<string, object> = {};
  const sentences: string[] = [];
  const faults: string[] = [];
  const played = (name: Part['name'], where: string, one: ErasureTotals) => {
    totals[name] = { ...one, steps: [...one.steps].sort() };
    sentences.push(sentenceOf(where, one, name === 'sqlite'));
    faults.push(...one.faults.map((fault) => `${where}: ${fault}`));
  };
  const inFiles = 'all in files';
  played('sqlite', inFiles, await erasuresOn(inFiles, asked));
  for (const { name, where, on, without } of servers)
    if (on !== undefined) played(name, where, await erasuresOn(where, asked, on));
    else {
      const notRun = `not run: ${where} (${without})`;
      totals[name] = { notRun };
      sentences.push(notRun);
    }
  return { document: { ...totals, faults }, sentence: sentences.join('; '), faults };
}

const erasuresOn = (where: string, { runs, seed, tell }: Asked, on?: readonly Home[]): Promise<ErasureTotals> =>
  crashErasures({
    runs,
    seed,
    ...(on && { on }),
    onRun(run, { valuesOpened, faults }) {
      if (run % TOLD_EVERY === 0 || run === runs)
        tell(`${where}: ${run}/${runs} kills, ${valuesOpened} values opened, ${faults.length} faults`);
    },
  });

function sentenceOf(where: string, totals: ErasureTotals, inFiles: boolean): string {
  const kills = Object.entries(totals.kills).flatMap(([operation, n]) => (n > 0 ? [`${n} of ${operation}`] : []));
  const server = inFiles
    ? ''
    : `, ${totals.serverKills} of them of the server (after ${totals.gaveUp} of these the work was begun again)`;
  const backups = inFiles ? `, ${totals.backupsVerified} backups verified` : '';
  return (
    `${where}: ${totals.runs} kills in ${totals.seconds} s (${kills.join(', ')})${server}, ${totals.through} too late; after ${totals.steps.size} different steps; ` +
    `${totals.erasuresAmidRotations} erasures between a rotation that died and the one that went on; ${totals.valuesOpened} values opened${backups}`
  );
}
