import type { DestinationStream } from 'pino';

const WARNING = 40;

/**
 * The log for a person in front of a terminal: what they should look at, one plain line each. Machines get JSON lines, with
 * everything that the level asks for.
 */
export const terminalLog = (write: (text: string) => void): DestinationStream => ({
  write(line) {
    const { level, msg, time: _, service: __, ...details } = JSON.parse(line) as Record<string, unknown>;
    if (Number(level) < WARNING) return;
    const told = Object.entries(details).map(([name, value]) => `${name}: ${plain(value)}`);
    write(`  ! ${String(msg ?? '')}${told.length > 0 ? ` (${told.join(', ')})` : ''}\n`);
  },
});

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
