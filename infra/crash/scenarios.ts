import { crashCopiesThereAndBack } from './copy/copies-there-and-back.js';
import { type CopyTotals, crashCopies } from './copy/copy-runs.js';
import { crash } from './crash.js';
import { erasures, erasuresOnEventStoreDb } from './erasure/erasure-scenario.js';
import { crashFiles } from './files/file-runs.js';
import type { Asked, Outcome } from './outcome.js';
import { seedsOf } from './random.js';
import { crashEventStoreDb } from './server/eventstoredb-runs.js';
import { crashMongo } from './server/mongodb-runs.js';
import type { FaultTotals } from './server/strikes.js';
import { crashAtSteps } from './steps/step-runs.js';

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
    `${totals.runs} kills, ${seedsOf(totals.seed, totals.lastSeed)}, in ${totals.seconds} s, ${totals.wholeServiceRuns} of them of the whole service; ${totals.acknowledged} commands acknowledged, ${totals.inFlight} in flight ` +
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
    `${totals.runs} kills, ${seedsOf(totals.seed, totals.lastSeed)}, in ${totals.seconds} s (${deaths.join(', ')}); ${totals.acknowledged} commands acknowledged, ` +
    `${totals.inFlight} in flight (${totals.inFlightStored} of them stored), ${totals.retried} retried; ` +
    `${totals.viewsCompared} views compared with their rebuild; ${totals.histories} histories of one stream linearizable, ${totals.historyCalls} calls`;
  return { document: totals, sentence, faults: totals.faults };
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
  const files = await crashCopies({
    runs,
    seed,
    onRun(run, { died, faults }) {
      if (run % TOLD_EVERY === 0 || run === runs) tell(`${run}/${runs} runs, ${died} kills, ${faults.length} faults`);
    },
  });
  const inFiles = copied('from file to file', files);
  const command = process.env.TEMOIN_TEST_EVENTSTOREDB_COMMAND;
  if (!command) {
    const notRun = 'not run: to EventStoreDB and back (TEMOIN_TEST_EVENTSTOREDB_COMMAND is not set)';
    const document = { files, eventstoredb: { notRun }, faults: files.faults };
    return { document, sentence: `${inFiles}; ${notRun}`, faults: files.faults };
  }
  const { there, back } = await crashCopiesThereAndBack({
    runs,
    seed,
    command,
    onRun: (run, { there, back }) =>
      tell(`${run}/${runs} runs into EventStoreDB, ${there.died} kills, and ${back.died} on the way back`),
  });
  const faults = [files, there, back].flatMap((one) => one.faults);
  const sentences = [inFiles, copied('from a file to EventStoreDB', there), copied('from there to a file', back)];
  return { document: { files, eventstoredb: { there, back }, faults }, sentence: sentences.join('; '), faults };
}

const copied = (way: string, { died, runs, seconds, finished, events }: CopyTotals): string =>
  `${way}: ${died} kills in ${runs} runs and ${seconds} s, ${finished} copies carried to their end, ` +
  `${events} events in both logs, equal by digest`;

/** By name; `commands` is the one that is played when none is named. */
export const scenarios: ReadonlyMap<string, (asked: Asked) => Promise<Outcome>> = new Map<
  string,
  (asked: Asked) => Promise<Outcome>
>([
  ['commands', commands],
  ['steps', atSteps],
  ['copy', copies],
  ['erasure', erasures],
  ['erasure-eventstoredb', erasuresOnEventStoreDb],
  ['files', withFiles],
  ['server', onEventStoreDb],
  ['mongodb', onMongo],
]);
