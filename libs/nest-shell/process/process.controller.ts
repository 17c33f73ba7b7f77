import { Body, Controller, Param, Query } from '@nestjs/common';
import { isProcessName, type ProcessName } from '#domain/process/codes.js';
import type { ProcessCommand } from '#domain/process/process.js';
import { caseKeyOf } from '#views/process-case.js';
import { listCases, processesView } from '#views/processes.js';
import { listReminders } from '#views/reminders.js';
import { retentionView } from '#views/retention.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { EmptyBody } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { ProcessesQuery, RemindersQuery, SkipStepBody } from './process-bodies.js';

const command = commandOf<ProcessCommand>();

/** What is done by the clock: reminders, letters, escalations; and the steps that wait for a person. */
@Controller()
export class ProcessController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
  ) {}

  @Answers('listProcessCases')
  async list(@Caller() call: Call, @Query() { waitFor, ...params }: ProcessesQuery) {
    return listed(call, await this.queries.ask(processesView, waitFor, (deps) => listCases(deps, params)));
  }

  /** Nobody reads what another role is reminded of. */
  @Answers('listReminders')
  async reminders(@Caller() call: Call, @Query() { waitFor, ...params }: RemindersQuery) {
    if (!call.person.roles.includes(params.role)) throw fault('role-missing');
    return listed(
      call,
      await this.queries.ask([processesView, retentionView], waitFor, (deps) => listReminders(deps, params)),
    );
  }

  @Answers('retryProcessStep')
  retry(
    @Caller() call: Call,
    @Param('process') name: string,
    @Param('caseId') caseId: string,
    @Param('step') step: string,
    @Body() body: EmptyBody,
  ) {
    const process = known(name);
    return this.send(call, command('RetryStep', { process, caseId, step }, body));
  }

  @Answers('skipProcessStep')
  skip(
    @Caller() call: Call,
    @Param('process') name: string,
    @Param('caseId') caseId: string,
    @Param('step') step: string,
    @Body() body: SkipStepBody,
  ) {
    const process = known(name);
    return this.send(call, command('SkipStep', { process, caseId, step }, body));
  }

  private async send(call: Call, given: ProcessCommand) {
    const id = caseKeyOf(given.process, given.caseId);
    const known = await this.queries.ask(processesView, undefined, ({ viewStore }) =>
      viewStore.get(processesView.schema, 'cases', id),
    );
    if (known === undefined) throw fault('not-found');
    return this.receipts.done(call, await this.commands.send(call, 'process', id, given));
  }
}

function known(name: string): ProcessName {
  if (!isProcessName(name)) throw fault('not-found');
  return name;
}
