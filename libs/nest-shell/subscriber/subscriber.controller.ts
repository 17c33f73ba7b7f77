import { Body, Controller, Param, Query } from '@nestjs/common';
import type { Role } from '#domain/shared/facts.js';
import type { SubscriberDecision } from '#domain/subscriber/commands.js';
import { getSubscriber, listSubscribers, listToldNotices } from '#views/subscriber-queries.js';
import { subscribersView } from '#views/subscribers.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { EmptyBody, PageQuery, WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import {
  ChangeSubscriberAddressBody,
  EndSubscriberBody,
  RegisterSubscriberBody,
  SubscribersQuery,
} from './subscriber-bodies.js';

const command = commandOf<SubscriberDecision>();

/** Who sees where batches go: the path of an address may be known to two parties only. */
const SEES_ADDRESS: ReadonlySet<Role> = new Set(['Director', 'President', 'Auditor']);

/** Outside bodies that are given the pseudonymous feed (4.2 b). */
@Controller()
export class SubscriberController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
  ) {}

  @Answers('registerSubscriber')
  async register(@Caller() call: Call, @Body() body: RegisterSubscriberBody) {
    const subscriberId = this.commands.newId(call, 'subscriber');
    const given = command('RegisterSubscriber', { subscriberId }, body);
    const done = await this.commands.send(call, 'subscriber', subscriberId, given);
    return this.receipts.created(call, done, subscriberId, `/subscribers/${subscriberId}`);
  }

  @Answers('changeSubscriberAddress')
  move(@Caller() call: Call, @Param('subscriberId') subscriberId: string, @Body() body: ChangeSubscriberAddressBody) {
    return this.send(call, subscriberId, command('ChangeSubscriberAddress', { subscriberId }, body));
  }

  @Answers('pauseSubscriber')
  pause(@Caller() call: Call, @Param('subscriberId') subscriberId: string, @Body() body: EmptyBody) {
    return this.send(call, subscriberId, command('PauseSubscriber', { subscriberId }, body));
  }

  @Answers('resumeSubscriber')
  resume(@Caller() call: Call, @Param('subscriberId') subscriberId: string, @Body() body: EmptyBody) {
    return this.send(call, subscriberId, command('ResumeSubscriber', { subscriberId }, body));
  }

  @Answers('endSubscriber')
  end(@Caller() call: Call, @Param('subscriberId') subscriberId: string, @Body() body: EndSubscriberBody) {
    return this.send(call, subscriberId, command('EndSubscriber', { subscriberId }, body));
  }

  @Answers('listSubscribers')
  async list(@Caller() call: Call, @Query() { waitFor, ...params }: SubscribersQuery) {
    return listed(call, await this.queries.ask(subscribersView, waitFor, (deps) => listSubscribers(deps, params)));
  }

  /** It is no member’s file: no purpose is asked. */
  @Answers('getSubscriber')
  async one(@Caller() call: Call, @Param('subscriberId') subscriberId: string, @Query() { waitFor }: WaitQuery) {
    const withAddress = call.person.roles.some((role) => SEES_ADDRESS.has(role));
    return found(
      call,
      await this.queries.ask(subscribersView, waitFor, (deps) => getSubscriber(deps, subscriberId, withAddress)),
    );
  }

  @Answers('listToldNotices')
  async notices(@Caller() call: Call, @Param('subscriberId') subscriberId: string, @Query() query: PageQuery) {
    const { waitFor, ...page } = query;
    const answer = await this.queries.ask(subscribersView, waitFor, (deps) =>
      listToldNotices(deps, { ...page, subscriberId }),
    );
    return listed(call, found(call, answer));
  }

  private async send(call: Call, subscriberId: string, given: SubscriberDecision) {
    return this.receipts.done(call, await this.commands.send(call, 'subscriber', subscriberId, given));
  }
}
