import { Injectable } from '@nestjs/common';
import type { Receipt } from '#application/command.js';
import type { Call } from '../http/call.js';
import { type Done, etagOf } from './commands.js';

/** A receipt as it goes over the wire. */
export interface SentReceipt extends Receipt {
  /** Reference of what the command created. */
  readonly id?: string;
}

/** Answers a command: ETag, Location, and whether an earlier request did it already. */
@Injectable()
export class Receipts {
  done({ reply }: Call, { receipt, repeated }: Done, id?: string): SentReceipt {
    void reply.header('etag', etagOf(receipt.revision));
    if (repeated) void reply.header('idempotency-replayed', 'true');
    return id === undefined ? receipt : { ...receipt, id };
  }

  /** @param location below `/api/v1`, where the new thing can be read */
  created(call: Call, done: Done, id: string, location: string): SentReceipt {
    void call.reply.header('location', `/api/v1${location}`);
    return this.done(call, done, id);
  }
}
