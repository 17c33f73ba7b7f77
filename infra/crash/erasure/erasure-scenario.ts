import type { Asked, Outcome } from '../outcome.js';
import { crashErasures, type ErasureTotals } from './erasure-runs.js';
import type { Home } from './home.js';
import { eventsOnEventStoreDb } from './where-events-are.js';
import { keysOnMongo } from './where-keys-are.js';

const TOLD_EVERY = 5;

/** Everything in files; then the same with the keys on MongoDB, where there is one. */
export async function erasures(asked: Asked): Promise<Outcome> {
  const inFiles = await played('all in files', asked);
  const mongo = keysOnMongo(process.env);
  if (mongo.length === 0) {
    const notRun = 'not run: keys on MongoDB (neither TEMOIN_TEST_MONGODB_COMMAND nor _URL is set)';
    const { faults, totals, sentence } = inFiles;
    return { document: { sqlite: totals, mongodb: { notRun }, faults }, sentence: `${sentence}; ${notRun}`, faults };
  }
  const onMongo = await played('keys on MongoDB', asked, mongo);
  const faults = [inFiles, onMongo].flatMap((one) => one.faults);
  return {
    document: { sqlite: inFiles.totals, mongodb: onMongo.totals, faults },
    sentence: `${inFiles.sentence}; ${onMongo.sentence}`,
    faults,
  };
}

/** The same with the events on EventStoreDB, keys and views in files. */
export async function erasuresOnEventStoreDb(asked: Asked): Promise<Outcome> {
  const command = process.env.TEMOIN_TEST_EVENTSTOREDB_COMMAND;
  if (!command) {
    const sentence = 'not run: eventstoredb (TEMOIN_TEST_EVENTSTOREDB_COMMAND is not set)';
    return { document: { notRun: sentence }, sentence, faults: [] };
  }
  const { totals, sentence, faults } = await played('events on EventStoreDB', asked, [eventsOnEventStoreDb(command)]);
  return { document: { ...totals, faults }, sentence, faults };
}

async function played(where: string, asked: Asked, on?: readonly Home[]) {
  const totals = await erasuresOn(where, asked, on);
  const sentence = sentenceOf(where, totals, on === undefined);
  const faults = totals.faults.map((fault) => `${where}: ${fault}`);
  return { totals: { ...totals, steps: [...totals.steps].sort() }, sentence, faults };
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
