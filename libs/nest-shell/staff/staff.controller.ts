import { Body, Controller, Param, Query } from '@nestjs/common';
import type { StaffCommand } from '#domain/staff/commands.js';
import { getStaff, listStaff, staffView } from '#views/staff.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { PageQuery, WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import {
  AppointOfficeHolderBody,
  AuthoriseTechnicianBody,
  DismissOfficeHolderBody,
  RecordSkillBody,
  RegisterStaffBody,
  RevokeTechnicianBody,
  SignUndertakingBody,
} from './staff-bodies.js';

const command = commandOf<StaffCommand>();

@Controller()
export class StaffController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
  ) {}

  @Answers('registerStaff')
  async register(@Caller() call: Call, @Body() body: RegisterStaffBody) {
    const staffId = this.commands.newId(call, 'staff');
    const done = await this.commands.send(call, 'staff', staffId, command('RegisterStaff', { staffId }, body));
    return this.receipts.created(call, done, staffId, `/staff/${staffId}`);
  }

  @Answers('appointOfficeHolder')
  appoint(@Caller() call: Call, @Param('staffId') staffId: string, @Body() body: AppointOfficeHolderBody) {
    return this.send(call, staffId, command('AppointOfficeHolder', { staffId }, body));
  }

  @Answers('dismissOfficeHolder')
  dismiss(@Caller() call: Call, @Param('staffId') staffId: string, @Body() body: DismissOfficeHolderBody) {
    return this.send(call, staffId, command('DismissOfficeHolder', { staffId }, body));
  }

  @Answers('authoriseTechnician')
  authorise(@Caller() call: Call, @Param('staffId') staffId: string, @Body() body: AuthoriseTechnicianBody) {
    return this.send(call, staffId, command('AuthoriseTechnician', { staffId }, body));
  }

  @Answers('revokeTechnician')
  revoke(@Caller() call: Call, @Param('staffId') staffId: string, @Body() body: RevokeTechnicianBody) {
    return this.send(call, staffId, command('RevokeTechnician', { staffId }, body));
  }

  @Answers('signUndertaking')
  sign(@Caller() call: Call, @Param('staffId') staffId: string, @Body() body: SignUndertakingBody) {
    return this.send(call, staffId, command('SignConfidentialityUndertaking', { staffId }, body));
  }

  @Answers('recordSkill')
  skill(@Caller() call: Call, @Param('staffId') staffId: string, @Body() body: RecordSkillBody) {
    return this.send(call, staffId, command('RecordTechnicianSkill', { staffId }, body));
  }

  @Answers('listStaff')
  async list(@Caller() call: Call, @Query() query: PageQuery) {
    const { waitFor, ...page } = query;
    return listed(call, await this.queries.ask(staffView, waitFor, (deps) => listStaff(deps, page)));
  }

  @Answers('getStaff')
  async one(@Caller() call: Call, @Param('staffId') staffId: string, @Query() { waitFor }: WaitQuery) {
    return found(call, await this.queries.ask(staffView, waitFor, (deps) => getStaff(deps, staffId)));
  }

  private async send(call: Call, staffId: string, given: StaffCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'staff', staffId, given));
  }
}
