import { crashCopies } from './copy/copy-runs.js';
import { crash } from './crash.js';
import { crashErasures } from './erasure/erasure-runs.js';
import { type Keys, keysOnMongo } from './erasure/where-keys-are.js';
import { crashFiles } from './files/file-runs.js';
import { crashEventStoreDb } from './server/eventstoredb-runs.js';
import { crashMongo } from './server/mongodb-runs.js';
import type { FaultTotals } from './server/strikes.js';
import { crashAtSteps } from './steps/step-runs.js';

export interface Asked {
  readonly runs: number;
  readonly seed: number;
  readonly tell: (line: string) => void;
}

export interface Outcome {
  readonly document: object;
  readonly sentence: string;
  readonly faults: readonly string[];
}

const TOLD_EVERY = 5;

const killsTold =
  (tell: Asked['tell'], of: number) =>
  (
    run: number,
    { acknowledged, faults }: { readonly acknowledged: number; readonly faults: readonly string[] },
  ): void => {
    if (run % TOLD_EVERY === 0 || run === of)
      tell(`${run}/${of} kills, ${acknowledged} commands acknowledged, ${faults.length} faults`);
  };

async function commands({ runs, seed, tell }: Asked): Promise<Outcome> {
  const totals = await crash({
    runs,
    seed,
    onRun: killsTold(tell, runs),
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
    onRun: killsTold(tell, runs),
  });
  const deaths = Object.entries(totals.deaths).flatMap(([step, count]) => (count > 0 ? [`${count} ${step}`] : []));
  const sentence =
    `${totals.runs} kills in ${totals.seconds} s (${deaths.join(', ')}); ${totals.acknowledged} commands acknowledged, ` +
    `${totals.inFlight} in flight (${totals.inFlightStored} of them stored), ${totals.retried} retried; ` +
    `${totals.viewsCompared} views compared with their rebuild; ${totals.histories} histories of one stream linearizable, ${totals.historyCalls} calls`;
  return { document: totals, sentence, faults: totals.faults };
}

async function erasures(asked: Asked): Promise<Outcome> {
  const inFiles = await erasuresOn('keys in a file', asked);
  const mongo = keysOnMongo(process.env);
  if (mongo.length === 0) {
    const notRun = 'not run: keys on mongodb (neither TEMOIN_TEST_MONGODB_COMMAND nor _URL is set)';
    const { faults, totals, sentence } = inFiles;
    return { document: { sqlite: totals, mongodb: { notRun }, faults }, sentence: `${sentence}; ${notRun}`, faults };
  }
  const onMongo = await erasuresOn('keys on MongoDB', asked, mongo);
  const faults = [inFiles, onMongo].flatMap((one) => one.faults);
  return {
    document: { sqlite: inFiles.totals, mongodb: onMongo.totals, faults },
    sentence: `${inFiles.sentence}; ${onMongo.sentence}`,
    faults,
  };
}

async function erasuresOn(where: string, { runs, seed, tell }: Asked, on?: readonly Keys[]) {
  const totals = await crashErasures({
    runs,
    seed,
    ...(on && { on }),
    onRun(run, { valuesOpened, faults }) {
      if (run % TOLD_EVERY === 0 || run === runs)
        tell(`${where}: ${run}/${runs} kills, ${valuesOpened} values opened, ${faults.length} faults`);
    },
  });
  const kills = Object.entries(totals.kills).flatMap(([operation, n]) => (n > 0 ? [`${n} of ${operation}`] : []));
  const server =
    on === undefined
      ? ''
      : `, ${totals.serverKills} of them of the server (after ${totals.gaveUp} of these the work was begun again)`;
  const backups = on === undefined ? `, ${totals.backupsVerified} backups verified` : '';
  const sentence =
    `${where}: ${totals.runs} kills in ${totals.seconds} s (${kills.join(', ')})${server}, ${totals.through} too late; after ${totals.steps.size} different steps; ` +
    `${totals.erasuresAmidRotations} erasures between a rotation that died and the one that went on; ${totals.valuesOpened} values opened${backups}`;
  const faults = totals.faults.map((fault) => `${where}: ${fault}`);
  return { totals: { ...totals, steps: [...totals.steps].sort() }, sentence, faults };
}

async function onEventStoreDb({ runs, seed, tell }: Asked): Promise<Outcome> {
  const command = process.env.TEMOIN_TEST_EVENTSTOREDB_COMMAND;
  if (!command) {
    const sentence = 'not run: eventstoredb (TEMOIN_TEST_EVENTSTOREDB_COMMAND is not set)';
    return { document: { notRun: sentence }, sentence, faults: [] };
  }
  const totals = await crashEventStoreDb({ runs, seed, command, onRun: toldTo(tell), onKill: killsTold(tell, runs) });
  const sentence =
    `${totals.runs} faults befell in ${totals.seconds} s (${befallen(totals)}; ` +
    `then ${totals.steps?.runs ?? 0} kills at steps, ${totals.steps?.acknowledged ?? 0} commands acknowledged; ` +
    `${totals.copies?.died ?? 0} kills of a copy into it, which then went on to its end, equal by digest`;
  return { document: totals, sentence, faults: totals.faults };
}

async function onMongo({ runs, seed, tell }: Asked): Promise<Outcome> {
  const command = process.env.TEMOIN_TEST_MONGODB_COMMAND;
  if (!command) {
    const sentence = 'not run: mongodb (TEMOIN_TEST_MONGODB_COMMAND is not set)';
    return { document: { notRun: sentence }, sentence, faults: [] };
  }
  const totals = await crashMongo({
    runs,
    seed,
    command,
    onRun: toldTo(tell),
    onKill: (run, totals) => killsTold(tell, totals.runs)(run, totals),
  });
  const each = totals.kinds.map(
    (one) =>
      `views and keys on a ${one.kind}: ${one.runs} faults befell (${befallen(one)}; ` +
      `then ${one.steps.runs} kills at steps, ${one.steps.acknowledged} commands acknowledged`,
  );
  return { document: totals, sentence: `${totals.seconds} s; ${each.join('; ')}`, faults: totals.faults };
}

const toldTo =
  (tell: Asked['tell']) =>
  (run: number, { runs, acknowledged, again, faults }: FaultTotals): void =>
    tell(
      `${run}/${runs} faults befell, ${acknowledged} commands acknowledged, ${again} sent again, ${faults.length} faults`,
    );

const befallen = ({ befell, acknowledged, again, viewsCompared, histories, historyCalls }: FaultTotals): string =>
  `${Object.entries(befell)
    .flatMap(([fault, count]) => (count > 0 ? [`${count} ${fault}`] : []))
    .join(', ')}); ${acknowledged} commands acknowledged, ${again} sent again; ` +
  `${viewsCompared} views compared with their rebuild; ${histories} histories of one stream linearizable, ${historyCalls} calls`;

async function withFiles({ runs, seed, tell }: Asked): Promise<Outcome> {
  const totals = await crashFiles({
    runs,
    seed,
    onRun(run, { acknowledged, faults }) {
      tell(`${run}/${runs} runs, ${acknowledged} commands acknowledged, ${faults.length} faults`);
    },
  });
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ');
  const sentence =
    `${totals.runs} runs in ${totals.seconds} s; truncated: ${counted(totals.damaged.truncated)}; a bit flipped: ${counted(totals.damaged.flipped)}; ` +
    `gone through: ${counted(totals.upsets)}; ${totals.acknowledged} commands acknowledged, ${totals.again} sent again; ` +
    `${totals.viewsCompared} views compared with their rebuild${totals.notRun.map((one) => `; not run: ${one}`).join('')}`;
  return { document: totals, sentence, faults: totals.faults };
}

async function copies({ runs, seed, tell }: Asked): Promise<Outcome> {
  const totals = await crashCopies({
    runs,
    seed,
    onRun(run, { died, faults }) {
      if (run % TOLD_EVERY === 0 || run === runs) tell(`${run}/${runs} runs, ${died} kills, ${faults.length} faults`);
    },
  });
  const sentence =
    `${totals.died} kills in ${totals.runs} runs and ${totals.seconds} s; ${totals.finished} copies carried to their end, ` +
    `${totals.events} events in both logs, equal by digest`;
  return { document: totals, sentence, faults: totals.faults };
}

/** By name; `commands` is the one that is played when none is named. */
export const scenarios: ReadonlyMap<string, (asked: Asked) => Promise<Outcome>> = new Map<
  string,
  (asked: Asked) => Promise<Outcome>
>([
  ['commands', commands],
  ['steps', atSteps],
  ['copy', copies],
  ['erasure', erasures],
  ['files', withFiles],
  ['server', onEventStoreDb],
  ['mongodb', onMongo],
]);
