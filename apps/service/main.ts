import { setFlagsFromString } from 'node:v8';

/**
 * How much garbage may lie beside what lives before it is taken away: by itself the engine lets several times as much pile up
 * while indexes are built at a start. Measured with 266 000 events: 238 MiB instead of 258 to 279; processor time of commands
 * the same within what the machine let be seen.
 */
const GARBAGE_PERCENT = 40;

setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
// Only now: the modules themselves are half of what the process keeps, and set how much may lie beside them.
await import('./serve.js');
