import { writeFile } from 'node:fs/promises';
import { benchNamed } from './list.js';

/** One bench in a process of its own, so that memory and garbage of one never slow another. Arguments: name, quick or full, result's file, folder for profiles. */
const [name = '', size = 'quick', file = '', profiles] = process.argv.slice(2);
const bench = await benchNamed(name);
const progress = (line: string) => void process.stderr.write(`${name}: ${line}\n`);
const report = await bench.run({ quick: size === 'quick', progress, ...(profiles ? { profiles } : {}) });
await writeFile(file, JSON.stringify(report));
process.exit(0);
