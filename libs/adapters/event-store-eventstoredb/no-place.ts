import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { isUnknown } from './faults.js';
import { allRequest } from './requests.js';
import { answersOf } from './watched.js';
import type { Wire } from './wire.js';

/**
 * Whether reading is refused from this position while the same server reads from its end: then no event is there, and the
 * position comes from another log. The server says no more than « unknown »; one that is stopping reads from nowhere.
 * @param patience how long to wait for an answer, in milliseconds
 */
export async function isNoPlace(wire: Wire, position: number, patience: number, signal: AbortSignal): Promise<boolean> {
  const failureOf = async (request: ReadReq): Promise<unknown> => {
    try {
      for await (const _ of answersOf(wire, request, patience, signal)) break;
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const there = await failureOf(allRequest({ from: position, limit: 1 }));
  if (signal.aborted || !isUnknown(there)) return false;
  return (await failureOf(allRequest({ backwards: true, limit: 1 }))) === undefined && !signal.aborted;
}
