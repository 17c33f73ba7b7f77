import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Json } from '../demo/http-client.js';
import type { ServiceProcess } from '../demo/service-process.js';
import { type Memory, nextCommand, remember, type Sent } from './commands.js';
import type { History } from './history/history.js';
import { type Random, seeded } from './random.js';

/** A command that was answered: it must be in the log for ever, exactly once. */
export interface Acknowledged extends Sent {
  readonly receipt: Json;
}

export interface Stream {
  readonly acknowledged: readonly Acknowledged[];
  /** Sent, and the process died before an answer: stored or not, nobody knows. */
  readonly inFlight: readonly Sent[];
  /** Answered with a refusal or a conflict. */
  readonly refused: number;
  /** It was gone before the kill came: by its own hand. */
  readonly diedByItself: boolean;
}

/**
 * Several clients send commands at once until the service is killed in the middle of it.
 * @throws Error for an answer that is no business answer (5xx, unreadable)
 */
export async function sendUntilKilled(
  service: ServiceProcess,
  api: Client,
  options: {
    readonly clients: number;
    readonly seed: number;
    readonly history: History;
    /** An answer that says neither yes nor no (5xx) is none: the command is sent again. Else it is a fault. */
    readonly insist?: boolean;
    /** The kill comes this long after so many commands were answered: in the middle of the next ones, fast machine or slow. */
    readonly killAfter: { readonly answers: number; readonly microseconds: number };
  },
): Promise<Stream> {
  const acknowledged: Acknowledged[] = [];
  const inFlight: Sent[] = [];
  let refused = 0;
  let dead = false;
  let answered = 0;
  let enough: () => void = () => undefined;
  const killTime = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const client = async (random: Random, name: string): Promise<void> => {
    const memory: Memory = { members: [], staff: [] };
    for (let count = 0; !dead; count += 1) {
      const command = nextCommand(random, `${options.seed}-${name}-${count}`, memory);
      let answer: Awaited<ReturnType<Client['send']>>;
      const sentAt = performance.now();
      try {
        for (;;) {
          answer = await api.send('POST', command.path, command.body, command.headers);
          if (!options.insist || answer.status < 500) break;
          await sleep(100);
        }
      } catch {
        inFlight.push({ command, sentAt });
        return;
      }
      options.history.add({ command, sentAt }, answer);
      answered += 1;
      if (answered === options.killAfter.answers) enough();
      if (answer.status < 300) {
        acknowledged.push({ command, sentAt, receipt: answer.body });
        remember(memory, command, answer.body);
      } else if (answer.status === 409 || answer.status === 412) refused += 1;
      else throw new Error(`${command.path} → ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  };
  const all = Array.from({ length: options.clients }, (_, index) =>
    client(seeded(options.seed * 31 + index), `c${index}`),
  );
  let diedByItself = false;
  const ended = service.ended.then(() => {
    diedByItself = !dead;
    dead = true;
  });
  const killing = killTime.then(async () => {
    await sleep(options.killAfter.microseconds / 1000);
    if (dead) return;
    dead = true;
    await service.kill();
  });
  await Promise.all([...all, Promise.race([killing, ended])]);
  return { acknowledged, inFlight, refused, diedByItself };
}

/**
 * Sends commands again under their keys, after the restart: what was acknowledged answers the first receipt word for
 * word; what was in flight is accepted now, whether it had been stored or not.
 * @returns the faults found, and the receipts of what was in flight
 */
export async function retry(
  api: Client,
  { acknowledged, inFlight }: Pick<Stream, 'acknowledged' | 'inFlight'>,
  history: History,
): Promise<{
  readonly faults: readonly string[];
  readonly settled: readonly Acknowledged[];
  readonly replayed: number;
}> {
  const faults: string[] = [];
  const settled: Acknowledged[] = [];
  let replayed = 0;
  for (const { command, receipt } of acknowledged) {
    const sentAt = performance.now();
    const answer = await api.send('POST', command.path, command.body, command.headers);
    history.add({ command, sentAt }, answer);
    if (JSON.stringify(answer.body) !== JSON.stringify(receipt))
      faults.push(`a retry of ${command.path} answered ${answer.status}, not its first receipt`);
  }
  for (const { command, sentAt } of inFlight) {
    const answer = await api.send('POST', command.path, command.body, command.headers);
    // one call, from the first sending to the answer that came after the restart
    history.add({ command, sentAt }, answer);
    if (answer.headers.get('idempotency-replayed') === 'true') replayed += 1;
    if (answer.status < 300) settled.push({ command, sentAt, receipt: answer.body });
    else if (answer.status !== 409 && answer.status !== 412)
      faults.push(`a command in flight, ${command.path}, answered ${answer.status} after the restart`);
  }
  return { faults, settled, replayed };
}
