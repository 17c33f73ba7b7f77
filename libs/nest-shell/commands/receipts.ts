import { Injectable } from '@nestjs/common';
import type { Receipt } from '#application/command.js';
import { lintFields } from '#domain/lint/lint-fields.js';
import type { Call } from '../http/call.js';
import type { SameText } from '../session/same-text.js';
import { type Done, etagOf } from './commands.js';

/** A receipt as it goes over the wire. */
export interface SentReceipt extends Omit<Receipt, 'warnings'> {
  /** Reference of what the command created. */
  readonly id?: string;
  /** What the texts hold and might better not (3.3 a), by place and kind, never the passage. */
  readonly warnings?: readonly ReceiptWarning[];
  /** Where else the words of a reported text may stand (A1). */
  readonly sameText?: SameText;
}

export interface ReceiptWarning {
  readonly pointer: string;
  readonly kind: string;
  readonly detail: string;
}

/** Answers a command: ETag, Location, and whether an earlier request did it already. */
@Injectable()
export class Receipts {
  done({ request, reply }: Call, { receipt, repeated }: Done, id?: string): SentReceipt {
    void reply.header('etag', etagOf(receipt.revision));
    if (repeated) void reply.header('idempotency-replayed', 'true');
    const { warnings: kinds = [], ...sent } = receipt;
    const warnings = kinds.length === 0 ? [] : warningsIn(request.body, new Set(kinds));
    return Object.assign(sent, id === undefined ? {} : { id }, warnings.length === 0 ? {} : { warnings });
  }

  /** @param location below `/api/v1`, where the new thing can be read */
  created(call: Call, done: Done, id: string, location: string): SentReceipt {
    void call.reply.header('location', `/api/v1${location}`);
    return this.done(call, done, id);
  }
}

/** The decision said which kinds; where they are is found in the request. */
function warningsIn(body: unknown, kinds: ReadonlySet<string>): readonly ReceiptWarning[] {
  return lintFields(textsOf(body))
    .warnings.filter(({ kind }) => kinds.has(kind))
    .map(({ pointer, kind, detail }) => ({ pointer, kind, detail }));
}

function textsOf(value: unknown, pointer = ''): Record<string, string> {
  if (typeof value === 'string') return { [pointer]: value };
  if (typeof value !== 'object' || value === null) return {};
  return Object.assign({}, ...Object.entries(value).map(([name, one]) => textsOf(one, `${pointer}/${name}`)));
}
