import { writeFile } from 'node:fs/promises';
import { seedRandomness } from './seeded-randomness.js';

/**
 * A process of its own that plays one run on one engine and writes down what it left behind. Its random source is
 * replaced before anything else of the project is loaded.
 */
const [engine = '', seed = '0', commands = '0', folder = '', root = '', run = ''] = process.argv.slice(2);
seedRandomness(Number(seed));
const { play } = await import('./play.js');
const played = await play({ engine, seed: Number(seed), commands: Number(commands), folder, root, run });
await writeFile(`${folder}/played.json`, JSON.stringify(played));
process.exit(0);
