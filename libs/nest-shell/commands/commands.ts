import { Inject, Injectable } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import type { CommandOutcome, Receipt } from '#application/command.js';
import type { Call } from '../http/call.js';
import { fault, refused } from '../problems/problem-fault.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { aggregates, type Category, type CommandOf } from './command-handlers.js';
import { noteRefusal } from './note-refusal.js';

export interface Done {
  readonly receipt: Receipt;
  /** True: an earlier request with this Idempotency-Key did it. */
  readonly repeated: boolean;
}

/** Gives a command to its aggregate and turns every outcome but success into a problem. */
@Injectable()
export class Commands {
  /** Ids that were made for a call and can have been made by no other. */
  private readonly made = new WeakMap<Call, string>();

  constructor(
    private readonly bus: CommandBus,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  /** The id of what the call creates; the same when it is repeated under its Idempotency-Key. */
  newId(call: Call, label: string): string {
    const { ids } = this.parts.temoin;
    if (call.requestDigest !== undefined) return ids.newId(call.commandId, label);
    const id = ids.freshId();
    this.made.set(call, id);
    return id;
  }

  /** @throws ProblemFault for a refusal, a conflict, a reused key, an erasure */
  async send<A extends Category>(call: Call, category: A, id: string, command: CommandOf<A>): Promise<Done> {
    const EnvelopeClass = aggregates[category] as unknown as new (envelope: object) => Command<CommandOutcome>;
    const outcome = await this.bus.execute(
      new EnvelopeClass({
        commandId: call.commandId,
        actor: call.person.staffId,
        actorRoles: call.person.roles,
        stream: `${category}-${id}`,
        command,
        ...(call.requestDigest === undefined ? {} : { requestDigest: call.requestDigest }),
        correlationId: call.correlationId,
        ...(call.expectedRevision === undefined ? {} : { expectedRevision: call.expectedRevision }),
        ...(this.made.get(call) === id ? { unwritten: true } : {}),
      }),
    );
    switch (outcome.outcome) {
      case 'accepted':
        return { receipt: outcome.receipt, repeated: outcome.repeated };
      case 'refused':
        await noteRefusal(this.parts, call, category, outcome.refusal);
        throw refused(outcome.refusal);
      case 'conflict':
        throw call.expectedRevision === undefined
          ? fault('stream-moved-on')
          : fault('precondition-failed', { headers: { etag: etagOf(outcome.actual) } });
      case 'command-id-reused':
        throw fault('idempotency-key-reused');
      case 'erased':
        throw fault('erased', { erasedAt: outcome.erasedAt, proof: outcome.proof });
      default:
        return unknownOutcome(outcome);
    }
  }

  /** A field that is not personal of the last event of a type that the command recorded, when it was first done. */
  async recordedField({ receipt }: Done, type: string, field: string): Promise<string | undefined> {
    const { stream, revision, events } = receipt;
    const range = { from: revision - events.length + 1, limit: events.length };
    let value: unknown;
    if (events.length > 0)
      for await (const event of this.parts.temoin.stream(stream, range))
        if (event.type === type) value = event.data[field];
    return typeof value === 'string' ? value : undefined;
  }
}

export const etagOf = (revision: number | 'no-stream'): string => `"${revision === 'no-stream' ? -1 : revision}"`;

function unknownOutcome(outcome: never): never {
  throw new TypeError(`Unknown outcome ${(outcome as { outcome?: unknown }).outcome}`);
}
