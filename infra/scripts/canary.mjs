// npm run canary: tokens planted in every personal field, looked for everywhere, before and after an erasure.
import { join } from 'node:path';
import { fail, prepare, root } from './ensure-installed.mjs';

const { failures } = await prepare({ quiet: true });
if (failures.length > 0) fail(`The build failed:\n${failures.join('\n')}`);
const { main } = await import(join(root, 'dist', 'infra', 'leak-scan', 'canary-command.js'));
process.exitCode = await main(process.argv.slice(2), join(root, 'infra', 'demo', 'charte-exemple.txt'));
