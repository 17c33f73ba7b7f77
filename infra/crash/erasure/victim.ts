import { writeSync } from 'node:fs';
import { type Operation, type Place, perform } from './operations.js';

/**
 * A process that does one operation and dies in it: by its own hand right after the step that it is told, or by its
 * parent's at any moment; or it stands still after a step until its parent lets it go on. What it says is written before the
 * next line runs.
 */
const [operation = '', from = '', signal = '', at = ''] = process.argv.slice(2);
const place = JSON.parse(process.env.TEMOIN_CRASH_PLACE ?? '') as Place;
let struck = false;
await perform(operation as Operation, place, from, (step) => {
  writeSync(1, `${step}\n`);
  if (step !== at || struck) return;
  // some steps come once for each of many cells
  struck = true;
  process.kill(process.pid, signal);
});
writeSync(1, 'through\n');
