import { writeSync } from 'node:fs';
import { type Operation, perform } from './operations.js';

/**
 * A process that does one operation and dies in it: by its own hand right after the step that it is told, or by its
 * parent's at any moment. What it says is written before the next line runs.
 */
const [operation = '', folder = '', startsAt = '', from = '', dieAfter = ''] = process.argv.slice(2);
await perform(operation as Operation, { folder, startsAt }, from, (step) => {
  writeSync(1, `${step}\n`);
  if (step === dieAfter) process.kill(process.pid, 'SIGKILL');
});
writeSync(1, 'through\n');
