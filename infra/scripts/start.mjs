// npm start: installs what is missing, builds what changed, runs the service in this very process, so that signals and
// exit codes are the service's own.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, prepare, root } from './ensure-installed.mjs';

const { failures } = await prepare();
if (failures.length > 0) fail(`The build failed:\n${failures.join('\n')}`);
const service = join(root, 'dist', 'apps', 'service', 'main.js');
process.argv = [process.execPath, service, ...process.argv.slice(2)];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(service).href);
