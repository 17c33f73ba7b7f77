// npm run crash: kill -9 during a stream of acknowledged commands; nothing acknowledged may be lost.
import { join } from 'node:path';
import { fail, prepare, root } from './ensure-installed.mjs';

const { failures } = await prepare({ quiet: true });
if (failures.length > 0) fail(`The build failed:\n${failures.join('\n')}`);
const { main } = await import(join(root, 'dist', 'infra', 'crash', 'crash-command.js'));
process.exitCode = await main(process.argv.slice(2));
