import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../apps/composition/configuration.js';

/** What a run of faults left behind, as it is kept beside its code: small, raw, one file for each scenario. */
export interface KeptResult {
  readonly scenario: string;
  readonly seed: number;
  readonly on: string;
  readonly when: string;
  readonly sentence: string;
  readonly result: object;
}

const FOLDER = join(projectFolder, 'infra', 'crash', 'results');

export const onThisMachine = (): Pick<KeptResult, 'on' | 'when'> => ({
  on: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release().split('-', 1)[0]}, Node ${process.versions.node}`,
  when: new Date().toISOString().slice(0, 10),
});

export async function keepResult(result: KeptResult): Promise<void> {
  await writeFile(join(FOLDER, `${result.scenario}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

export async function keptResults(): Promise<readonly KeptResult[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as KeptResult));
}
