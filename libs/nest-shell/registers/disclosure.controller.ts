import { Body, Controller, Param } from '@nestjs/common';
import type { AccessCommand } from '#domain/access/commands.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { RecordDisclosureBody } from './register-bodies.js';

const command = commandOf<AccessCommand>();

/** What leaves the association outside a complaint: with its ground and the digest of exactly what it was (4.1). */
@Controller()
export class DisclosureController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
  ) {}

  @Answers('recordDisclosure')
  async record(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: RecordDisclosureBody) {
    const disclosureId = this.commands.newId(call, 'disclosure');
    const given = command('RecordDisclosure', { memberId, disclosureId }, body);
    const done = await this.commands.send(call, 'access', memberId, given);
    return this.receipts.created(call, done, disclosureId, '/registers/disclosures');
  }
}
