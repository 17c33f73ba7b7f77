// npm run parity: the same scenario on every engine that can be reached, and where what they stored parts. See --help.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, prepare, root } from './ensure-installed.mjs';

const { failures } = await prepare({ quiet: true });
if (failures.length > 0) fail(`The build failed:\n${failures.join('\n')}`);
const { main } = await import(pathToFileURL(join(root, 'dist', 'infra', 'parity', 'parity-command.js')).href);
process.exitCode = await main(root, process.argv.slice(2));
