import { Inject, Injectable } from '@nestjs/common';
import type { AccessCommand } from '#domain/access/commands.js';
import type { ConsultedPart } from '#domain/access/events.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import type { Purpose } from '../fields/query-fields.js';
import type { Call } from '../http/call.js';
import { PARTS, type ServiceParts } from '../service-parts.js';

const command = commandOf<AccessCommand>();

export interface Consulted {
  readonly memberId: string;
  readonly sessionId?: string | undefined;
}

/** Records who reads what of whom, and why (4.2 a). An answer is given only once this is on disk. */
@Injectable()
export class Consultations {
  constructor(
    private readonly commands: Commands,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  async record(call: Call, what: ConsultedPart, purpose: Purpose, consulted: readonly Consulted[]): Promise<void> {
    const at = this.parts.temoin.clock.now();
    for (const { memberId, sessionId } of consulted) {
      const read = { memberId, what, purpose, at, ...(sessionId === undefined ? {} : { sessionId }) };
      // a reading is a fact of its own each time: never a repetition of an earlier one
      const once = { ...call, expectedRevision: undefined, commandId: this.parts.temoin.ids.freshCommandId() };
      await this.commands.send(once, 'access', memberId, command('RecordConsultation', {}, read));
    }
  }
}
