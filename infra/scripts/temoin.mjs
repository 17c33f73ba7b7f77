#!/usr/bin/env node
// The `temoin` command: builds what changed (quietly), then runs the command line in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, prepare, root } from './ensure-installed.mjs';

const { failures } = await prepare({ quiet: true });
if (failures.length > 0) fail(`The build failed:\n${failures.join('\n')}`);
const cli = join(root, 'dist', 'apps', 'cli', 'main.js');
process.argv = [process.execPath, cli, ...process.argv.slice(2)];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(cli).href);
