import type { Answer } from '../../demo/http-client.js';
import type { Sent } from '../commands.js';
import { linearizable } from './linearizable.js';
import { type StreamCall, type StreamOutput, streamModel } from './stream-model.js';

/** What clients asked and were answered, over kills and restarts. */
export interface History {
  /** A call whose answer came just now. One that was sent again after a kill is one call from its first sending on. */
  add(sent: Sent, answer: Answer): void;
  /** @param streams what each stream holds at the end */
  check(streams: ReadonlyMap<string, readonly string[]>): {
    readonly faults: readonly string[];
    readonly calls: number;
    readonly streams: number;
  };
}

/** The nth event of a command, as histories name it. */
export const eventOf = (commandId: string, index: number): string => `${commandId}/${index}`;

export function historyOfCommands(): History {
  const calls = new Map<string, StreamCall[]>();
  return {
    add({ command, sentAt }, { status, body }) {
      const stream = String(body.stream ?? streamOf(command.path));
      const { 'if-match': seen, 'idempotency-key': key = '' } = command.headers;
      const events = Array.isArray(body.events) ? body.events.length : 0;
      const isStored = status < 300;
      const ids = Array.from({ length: isStored ? events : 1 }, (_, at) =>
        eventOf(isStored ? String(body.commandId) : key, at),
      );
      const expected = seen === undefined ? undefined : Number(seen.replaceAll('"', ''));
      const output: StreamOutput = isStored
        ? { kind: 'stored', revision: Number(body.revision) }
        : { kind: status === 412 ? 'moved' : 'nothing' };
      const call = { input: { kind: 'write', ids, expected }, output, sentAt, answeredAt: performance.now() } as const;
      calls.set(stream, [...(calls.get(stream) ?? []), call]);
    },
    check(streams) {
      const faults: string[] = [];
      let count = 0;
      for (const [stream, all] of calls) {
        const now = performance.now();
        const end: StreamCall = {
          input: { kind: 'read' },
          output: { kind: 'read', ids: streams.get(stream) ?? [] },
          sentAt: now,
          answeredAt: now,
        };
        count += all.length + 1;
        const found = linearizable(streamModel, [...all, end]);
        if (found.verdict !== 'linearizable')
          faults.push(`the history of ${stream} (${all.length} calls): ${JSON.stringify(found)}`);
      }
      return { faults, calls: count, streams: calls.size };
    },
  };
}

/** Where a command that was refused would have written; a new stream that was never made has no name. */
function streamOf(path: string): string {
  if (path === '/closures') return 'calendar-association';
  const [, category = 'none', id = ''] = /^\/(staff|member)s?\/([^/]+)/.exec(path) ?? [];
  return `${category}-${id}`;
}
