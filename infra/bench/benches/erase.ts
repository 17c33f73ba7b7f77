import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { type Bench, type BenchReport, type Figure, figure, type Goal, inTurn } from '../bench.js';
import { openEraseInstallation } from '../erase-installation.js';

export const bench: Bench = {
  name: 'erase',
  about: 'one erasure until the keys are gone: 10 and 10 000 texts of the member; 100 and 100 000 cells in the vault',
  run: ({ quick, progress }) =>
    measure({ texts: quick ? 1000 : 10_000, cells: quick ? 10_000 : 100_000, rounds: quick ? 3 : 7 }, progress),
};

interface Sizes {
  readonly texts: number;
  readonly cells: number;
  readonly rounds: number;
}
const FEW_TEXTS = 10;
/** A session as sessions are. */
const SESSION_TEXTS = 40;
const FEW_CELLS = 100;
/** How much dearer a large case may be than a small one and count as the same. */
const SAME = 2;
/** What a person waits for at most, were it done while they wait. */
const BEARABLE_MS = 5000;

async function measure({ texts, cells, rounds }: Sizes, progress: (line: string) => void): Promise<BenchReport> {
  const folders = [await temporaryFolder(), await temporaryFolder()] as const;
  try {
    const small = await openEraseInstallation(folders[0]);
    const large = await openEraseInstallation(folders[1]);
    progress(`filling two vaults: ${FEW_CELLS} and ${cells} cells`);
    await small.fillVault(FEW_CELLS);
    await large.fillVault(cells);
    // members are written before the clock runs
    const erase = (where: typeof small, count: number) => async () => where.erase(await where.addMember(count));
    const runs = await inTurn(
      {
        few: erase(small, FEW_TEXTS),
        fewInLarge: erase(large, FEW_TEXTS),
        session: erase(small, SESSION_TEXTS),
        sessionInLarge: erase(large, SESSION_TEXTS),
        many: erase(small, texts),
      },
      rounds,
      progress,
    );
    await small.close();
    await large.close();
    return reportOf(runs, texts, cells);
  } finally {
    for (const folder of folders) await folder.remove();
  }
}

const fastest = ({ runs }: Figure): number => Math.min(...runs);

function reportOf(runs: ReadonlyMap<string, readonly number[]>, texts: number, cells: number): BenchReport {
  const count = (value: number) => value.toLocaleString('en');
  const one = (name: string, many: number, all: number) =>
    figure(`${count(many)} texts, ${count(all)} other cells in the vault`, 'ms', runs.get(name) ?? []);
  const few = one('few', FEW_TEXTS, FEW_CELLS);
  const fewInLarge = one('fewInLarge', FEW_TEXTS, cells);
  const session = one('session', SESSION_TEXTS, FEW_CELLS);
  const sessionInLarge = one('sessionInLarge', SESSION_TEXTS, cells);
  const many = one('many', texts, FEW_CELLS);
  const same = (what: string, large: Figure, small: Figure): Goal => {
    const ratio = fastest(large) / fastest(small);
    return { goal: what, wanted: `at most ${SAME} times`, got: `${ratio.toFixed(2)} times`, met: ratio <= SAME };
  };
  const each = ((many.value - few.value) / texts) * 1000;
  return {
    figures: [few, fewInLarge, session, sessionInLarge, many],
    goals: [
      same(`${FEW_TEXTS} texts: ${count(cells)} cells against ${FEW_CELLS}`, fewInLarge, few),
      same(`${SESSION_TEXTS} texts: ${count(cells)} cells against ${FEW_CELLS}`, sessionInLarge, session),
      {
        goal: `${count(texts)} texts (${(many.value / few.value).toFixed(1)} times ${FEW_TEXTS}; ${each.toFixed(0)} µs apiece)`,
        wanted: `below ${BEARABLE_MS / 1000} s`,
        got: `${(many.value / 1000).toFixed(2)} s`,
        met: many.value < BEARABLE_MS,
      },
    ],
    notes: [
      'Cells are compared by the fastest run of each: what else the machine does only ever adds.',
      'From the decision to the keys being gone for all processes: condemned, in the ledger, fenced, overwritten, recorded.',
      'Every text has a key of its own, since it may be struck out alone: each is noted, fenced and overwritten.',
      'Forty texts a session; each session’s own stream is read, because none that runs may be condemned.',
      'Reading back and the certificate follow in the process, off the request path: one pass over log and views.',
    ],
  };
}
