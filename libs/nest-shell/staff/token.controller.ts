import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import type { TokenCommand } from '#domain/token/commands.js';
import { listTokens, tokensView } from '#views/tokens.js';
import { commandOf } from '../commands/command-of.js';
import { Commands } from '../commands/commands.js';
import { Receipts } from '../commands/receipts.js';
import { EmptyBody } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { newTokenSecret, tokenHashOf } from '../identity/token-secret.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { viewPatience } from '../queries/patience.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { IssueTokenBody, TokensQuery } from './token-bodies.js';

const command = commandOf<TokenCommand>();

@Controller()
export class TokenController {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
    private readonly queries: Queries,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  /** The answer to a repeated request has no token: the first one's is known to its caller only. */
  @Answers('issueToken')
  async issue(@Caller() call: Call, @Body() body: IssueTokenBody) {
    const tokenId = this.commands.newId(call, 'token');
    const secret = newTokenSecret();
    const issue = command('IssueAccessToken', { tokenId, tokenHash: tokenHashOf(secret) }, body);
    const done = await this.commands.send(call, 'token', tokenId, issue);
    await this.seenByGuard(done.receipt.position);
    const receipt = this.receipts.created(call, done, tokenId, '/tokens');
    return done.repeated ? receipt : { ...receipt, token: secret };
  }

  /** Answers once the guard knows: from then on the token opens nothing. */
  @Answers('revokeToken')
  async revoke(@Caller() call: Call, @Param('tokenId') tokenId: string, @Body() body: EmptyBody) {
    const done = await this.commands.send(call, 'token', tokenId, command('RevokeAccessToken', { tokenId }, body));
    await this.seenByGuard(done.receipt.position);
    return this.receipts.done(call, done);
  }

  @Answers('listTokens')
  async list(@Caller() call: Call, @Query() query: TokensQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(tokensView, waitFor, (deps) => listTokens(deps, params)));
  }

  @Answers('whoAmI')
  me(@Caller() call: Call) {
    const { staffId, tokenId, roles } = call.person;
    return { staffId, tokenId, roles };
  }

  /** The caller of what has not reached the guard in time is told that it is not sure. */
  private async seenByGuard(position: string | undefined): Promise<void> {
    if (position === undefined) return;
    const { temoin, limits } = this.parts;
    if (!(await temoin.waitFor(tokensView.schema.name, position, viewPatience(limits))))
      throw fault('view-behind', { retryAfter: 1 });
  }
}
