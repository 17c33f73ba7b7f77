import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { MemberCommand } from '#domain/member/commands.js';
import { getMember, listMembers, membersById, membersView } from '#views/members.js';
import { asOf } from '#views/query.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { PurposeQuery, WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { Consultations } from '../queries/consultations.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import {
  CorrectMemberBody,
  MembersQuery,
  OnDayBody,
  RecordRepresentativeBody,
  RegisterMemberBody,
  SearchMembersBody,
  SubscriptionBody,
} from './member-bodies.js';

const command = commandOf<MemberCommand>();

@Controller()
export class MemberController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('registerMember')
  async register(@Caller() call: Call, @Body() body: RegisterMemberBody) {
    const memberId = this.commands.newId(call, 'member');
    const done = await this.commands.send(call, 'member', memberId, command('RegisterMember', { memberId }, body));
    return this.receipts.created(call, done, memberId, `/members/${memberId}`);
  }

  @Answers('correctMember')
  correct(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: CorrectMemberBody) {
    return this.send(call, memberId, command('CorrectMemberIdentity', { memberId }, body));
  }

  @Answers('lapseMembership')
  lapse(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: OnDayBody) {
    return this.send(call, memberId, command('LapseMembership', { memberId }, body));
  }

  @Answers('renewMembership')
  renew(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: OnDayBody) {
    return this.send(call, memberId, command('RenewMembership', { memberId }, body));
  }

  @Answers('leaveAssociation')
  leave(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: OnDayBody) {
    return this.send(call, memberId, command('LeaveAssociation', { memberId }, body));
  }

  @Answers('recordRepresentative')
  async represent(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: RecordRepresentativeBody) {
    const representativeId = this.commands.newId(call, 'representative');
    const record = command('RecordRepresentative', { memberId, representativeId }, body);
    const done = await this.commands.send(call, 'member', memberId, record);
    return this.receipts.created(call, done, representativeId, `/members/${memberId}`);
  }

  @Answers('unsubscribe')
  unsubscribe(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: SubscriptionBody) {
    return this.send(call, memberId, command('UnsubscribeFromService', { memberId }, body));
  }

  @Answers('resubscribe')
  resubscribe(@Caller() call: Call, @Param('memberId') memberId: string, @Body() body: SubscriptionBody) {
    return this.send(call, memberId, command('ResubscribeToService', { memberId }, body));
  }

  @Answers('listMembers')
  async list(@Caller() call: Call, @Query() query: MembersQuery) {
    const { waitFor, restricted, ...rest } = query;
    const params = { ...rest, ...(restricted === undefined ? {} : { restricted: restricted === 'true' }) };
    return listed(call, await this.queries.ask(membersView, waitFor, (deps) => listMembers(deps, params)));
  }

  @Answers('searchMembers')
  search(@Query() { waitFor }: WaitQuery, @Body() { text }: SearchMembersBody) {
    const { memberIndex } = this.parts;
    return this.queries.ask(membersView, waitFor, async (deps) => {
      const upTo = await asOf(deps.viewStore, membersView.schema);
      const members = await membersById(deps, await memberIndex.find(text));
      const erased = members.filter(({ name }) => name?.state === 'erased');
      for (const { memberId } of erased) memberIndex.forget(memberId);
      return { items: members.filter((one) => !erased.includes(one)), asOf: upTo };
    });
  }

  @Answers('getMember')
  async one(@Caller() call: Call, @Param('memberId') memberId: string, @Query() { purpose, waitFor }: PurposeQuery) {
    const file = await this.queries.ask(membersView, waitFor, async (deps) => {
      const member = await getMember(deps, memberId);
      return member && { ...member, asOf: await asOf(deps.viewStore, membersView.schema) };
    });
    if (file !== undefined) await this.consultations.record(call, 'member-file', purpose, [{ memberId }]);
    return found(call, file);
  }

  private async send(call: Call, memberId: string, given: MemberCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'member', memberId, given));
  }
}
