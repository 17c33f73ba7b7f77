import { readdir } from 'node:fs/promises';
import type { Bench } from './bench.js';

const folder = new URL('./benches/', import.meta.url);

/** Every file in `benches/` is a bench. */
export async function loadBenches(): Promise<readonly Bench[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js') && !file.endsWith('.test.js')).sort();
  return Promise.all(
    files.map(async (file) => ((await import(new URL(file, folder).href)) as { readonly bench: Bench }).bench),
  );
}

/** @throws TypeError */
export async function benchNamed(name: string): Promise<Bench> {
  const found = (await loadBenches()).find((one) => one.name === name);
  if (!found) throw new TypeError(`there is no bench « ${name} »`);
  return found;
}
