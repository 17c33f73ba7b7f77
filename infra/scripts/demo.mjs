// npm run demo: plays the main job against a freshly started service, over HTTP, and prints what it left behind.
import { join } from 'node:path';
import { fail, prepare, root } from './ensure-installed.mjs';

const { failures } = await prepare({ quiet: true });
if (failures.length > 0) fail(`The build failed:\n${failures.join('\n')}`);
const { demo } = await import(join(root, 'dist', 'infra', 'demo', 'demo.js'));
process.exitCode = await demo(process.argv.slice(2), join(root, 'infra', 'demo', 'charte-exemple.txt'));
