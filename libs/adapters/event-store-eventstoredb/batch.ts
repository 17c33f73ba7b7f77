import { randomUUID } from 'node:crypto';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision, NewEvent } from '#ports/event-store/event-store.js';
import { NoAnswer } from './faults.js';
import { streamIdentifier } from './requests.js';
import { within } from './watched.js';
import type { BatchCall, Wire } from './wire.js';

const { Empty, UUID } = shared;
const { BatchAppendReq } = streams;
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

export interface BatchStream {
  /** The server's answer to this very append. @throws NoAnswer, or what broke the stream */
  send(request: AppendRequest, patience: number): Promise<BatchAppendResp>;
}

interface Pending {
  readonly resolve: (answer: BatchAppendResp) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One long call carries all appends of a connection; answers come back by correlation id, in any order. What is pending
 * belongs to its call: when a call breaks, its own appends fail and no others, and a late answer finds nobody and is dropped.
 */
export function openBatchStream(wire: Wire): BatchStream {
  let current: Promise<{ readonly call: BatchCall; readonly pending: Map<string, Pending> }> | undefined;

  function connected() {
    if (current) return current;
    const pending = new Map<string, Pending>();
    const connecting = wire.batchAppend().then((call) => {
      const broken = (error: unknown) => {
        if (current === connecting) current = undefined;
        for (const { reject } of pending.values()) reject(error);
        pending.clear();
      };
      call.on('error', broken);
      call.on('end', () => broken(new NoAnswer('the server ended the call')));
      call.on('data', (answer: BatchAppendResp) => {
        const id = answer.getCorrelationId()?.getString() ?? '';
        const waiting = pending.get(id);
        pending.delete(id);
        waiting?.resolve(answer);
      });
      return { call, pending };
    });
    current = connecting;
    connecting.catch(() => {
      if (current === connecting) current = undefined;
    });
    return connecting;
  }

  return {
    async send(request, patience) {
      const started = performance.now();
      const { call, pending } = await within(connected(), patience);
      const id = randomUUID();
      const answer = new Promise<BatchAppendResp>((resolve, reject) => pending.set(id, { resolve, reject }));
      call.write(messageOf(id, request));
      return within(answer, patience - (performance.now() - started)).finally(() => pending.delete(id));
    },
  };
}

/**
 * Without the protocol's deadline, which is a time of day: seen on a running server, a client whose clock is behind the server's by
 * more than its patience had every append turned away. The server has a limit of its own.
 */
function messageOf(correlation: string, { stream, expected, events }: AppendRequest) {
  const options = new BatchAppendReq.Options().setStreamIdentifier(streamIdentifier(stream));
  if (expected === 'no-stream') options.setNoStream(new Empty());
  else options.setStreamPosition(String(expected));
  return new BatchAppendReq()
    .setCorrelationId(new UUID().setString(correlation))
    .setOptions(options)
    .setProposedMessagesList(events.map(proposed))
    .setIsFinal(true);
}

function proposed(event: NewEvent) {
  const message = new BatchAppendReq.ProposedMessage()
    .setId(new UUID().setString(event.eventId))
    // Copied, since a caller may use its arrays again while the message waits.
    .setData(new Uint8Array(event.data))
    .setCustomMetadata(new Uint8Array(event.metadata));
  message
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', looksLikeJson(event.data) ? 'application/json' : 'application/octet-stream');
  return message;
}

/** The mark that lets the server's own tools show and index an event. The bytes are stored as given either way. */
const looksLikeJson = (data: Uint8Array): boolean => data[0] === 0x7b && data.at(-1) === 0x7d;
