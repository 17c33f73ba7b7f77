import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../demo/http-client.js';
import type { Acknowledged } from '../clients.js';
import { type Memory, nextCommand, remember } from '../commands.js';
import type { History } from '../history/history.js';
import { seeded } from '../random.js';

export interface Persisted {
  readonly acknowledged: readonly Acknowledged[];
  readonly refused: number;
  /** Answers that said neither yes nor no: the same command was sent again under its key. */
  readonly again: number;
}

const WAIT_MS = 150;
/** A command that finds no answer in this time is a fault, counted from when what befell was mended: a server may take minutes to come back. */
const PATIENCE_MS = 90_000;

/**
 * Clients that send one command at a time and do not let go of it: what is answered with a fault is sent again under the
 * same key until it is answered, however long it takes. They stop when told, each after its present command.
 */
export async function sendPersistently(
  api: Client,
  options: {
    readonly clients: number;
    readonly seed: number;
    readonly history: History;
    readonly stopping: () => boolean;
    /** When what befell was mended, in milliseconds as `performance.now()`; undefined: not yet; 0: nothing befalls. */
    readonly mendedAt: () => number | undefined;
    readonly onAnswer: () => void;
  },
): Promise<Persisted> {
  const acknowledged: Acknowledged[] = [];
  let [refused, again] = [0, 0];
  const client = async (index: number): Promise<void> => {
    const random = seeded(options.seed * 31 + index);
    const memory: Memory = { members: [], staff: [] };
    for (let count = 0; !options.stopping(); count += 1) {
      const command = nextCommand(random, `${options.seed}-c${index}-${count}`, memory);
      const sentAt = performance.now();
      let last = '';
      for (;;) {
        const waited = performance.now() - Math.max(sentAt, options.mendedAt() ?? Number.POSITIVE_INFINITY);
        if (waited > PATIENCE_MS)
          throw new Error(`${command.path} finds no answer, sent again ${again} times; the last: ${last}`);
        const answer = await api
          .send('POST', command.path, command.body, command.headers)
          .catch(({ message, cause }: Error) => {
            last = `${message} ${String(cause)}`;
          });
        if (!answer || answer.status >= 500) {
          if (answer) last = `${answer.status} ${JSON.stringify(answer.body)}`;
          again += 1;
          await sleep(WAIT_MS);
          continue;
        }
        options.history.add({ command, sentAt }, answer);
        options.onAnswer();
        if (answer.status < 300) {
          acknowledged.push({ command, sentAt, receipt: answer.body });
          remember(memory, command, answer.body);
        } else if (answer.status === 409 || answer.status === 412) refused += 1;
        else throw new Error(`${command.path} → ${answer.status} ${JSON.stringify(answer.body)}`);
        break;
      }
    }
  };
  await Promise.all(Array.from({ length: options.clients }, (_, index) => client(index)));
  return { acknowledged, refused, again };
}
