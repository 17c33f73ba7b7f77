// npm run bench: measures what the foundation promises, beside raw SQLite on the same disk in the same run.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, prepare, root } from './ensure-installed.mjs';

const { failures } = await prepare({ quiet: true });
if (failures.length > 0) fail(`The build failed:\n${failures.join('\n')}`);
const { main } = await import(pathToFileURL(join(root, 'dist', 'infra', 'bench', 'main.js')).href);
process.exitCode = await main(process.argv.slice(2));
