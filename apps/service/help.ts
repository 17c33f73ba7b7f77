import type { Setting } from '../composition/setting.js';
import { settings } from '../composition/settings.js';

/** `npm start -- --help`, derived from the declared settings. */
export function helpText(): string {
  const lines = Object.values(settings).flatMap((one: Setting<unknown>) => [
    `  ${one.flag === undefined ? `${one.env}=${one.form}` : `${one.flag} ${one.form}  (or ${one.env})`}`,
    `      ${one.doc}`,
    `      Default: ${one.defaultDoc}`,
  ]);
  return `Témoin: the service.

Usage: npm start -- [--simulate DATE-TIME] [--data DIR] [--port NUMBER] …

${lines.join('\n')}

Stops on Ctrl-C (SIGINT) or SIGTERM once the requests under way have finished.
Exit codes: 0 stopped as asked; 1 unexpected fault; 2 something stands in the way of starting, the message says what to do.
`;
}
