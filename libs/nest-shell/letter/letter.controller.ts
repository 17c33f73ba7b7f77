import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { openLetter } from '#application/letters/letter-page.js';
import type { LetterCommand } from '#domain/letter/commands.js';
import { letterDocument, lettersView, listLetters } from '#views/letters.js';
import { membersView } from '#views/members.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { EmptyBody } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { Consultations } from '../queries/consultations.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { AbandonLetterBody, LetterQuery, LettersQuery, MarkPrintedBody } from './letter-bodies.js';

const command = commandOf<LetterCommand>();

/** Letters to members: what waits, what left, what came back, and « imprimer à la place », which is equal. */
@Controller()
export class LetterController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('listLetters')
  async list(@Caller() call: Call, @Query() { waitFor, ...params }: LettersQuery) {
    return listed(call, await this.queries.ask(lettersView, waitFor, (deps) => listLetters(deps, params)));
  }

  @Answers('getLetter')
  async one(@Caller() call: Call, @Param('letterId') letterId: string, @Query() query: LetterQuery) {
    const { purpose, waitFor, format = 'json' } = query;
    const { civilTime, association, phone } = this.parts;
    const { line, opened } = await this.queries.ask([lettersView, membersView], waitFor, async (deps) => {
      const { content, ...line } = found(call, await letterDocument(deps, letterId));
      const letter = { ...line, content };
      return {
        line,
        opened: await openLetter({ ...deps, time: civilTime, association, phone }, letter),
      };
    });
    if (opened.state === 'unreadable') throw fault('value-unreadable');
    await this.consultations.record(call, 'member-file', purpose, [
      { memberId: line.memberId, ...(line.sessionId === undefined ? {} : { sessionId: line.sessionId }) },
    ]);
    if (opened.state === 'erased') return { ...line, content: 'erased' };
    const { title, html, text } = opened;
    if (format === 'json') return { ...line, content: 'present', title, html, text };
    void call.reply.type(format === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
    return format === 'html' ? html : text;
  }

  @Answers('markLetterPrinted')
  printed(@Caller() call: Call, @Param('letterId') letterId: string, @Body() body: MarkPrintedBody) {
    return this.send(call, letterId, command('MarkPrinted', { letterId }, body));
  }

  @Answers('noteLetterBounced')
  bounced(@Caller() call: Call, @Param('letterId') letterId: string, @Body() body: EmptyBody) {
    return this.send(call, letterId, command('NoteBounce', { letterId }, body));
  }

  @Answers('sendLetterAgain')
  again(@Caller() call: Call, @Param('letterId') letterId: string, @Body() body: EmptyBody) {
    return this.send(call, letterId, command('SendAgain', { letterId }, body));
  }

  @Answers('abandonLetter')
  abandon(@Caller() call: Call, @Param('letterId') letterId: string, @Body() body: AbandonLetterBody) {
    return this.send(call, letterId, command('AbandonLetter', { letterId }, body));
  }

  private async send(call: Call, letterId: string, given: LetterCommand) {
    return this.receipts.done(call, await this.commands.send(call, 'letter', letterId, given));
  }
}
