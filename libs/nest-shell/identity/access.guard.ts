import { type CanActivate, type ExecutionContext, Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRole } from '#domain/shared/facts.js';
import { tokenState } from '#views/tokens.js';
import { callOf, type Person, remember } from '../http/call.js';
import { OPERATION } from '../operations/operation.decorator.js';
import { type OperationName, operation } from '../operations/operations.js';
import { fault } from '../problems/problem-fault.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { Throttle } from './throttle.js';
import { type TokenLookup, tokenLookup } from './token-lookup.js';
import { bearerOf, tokenHashOf } from './token-secret.js';

/** Who asks, and whether the table of operations lets that person. Refuses whatever is not in the table. */
@Injectable()
export class AccessGuard implements CanActivate, OnModuleDestroy {
  private readonly throttle: Throttle;
  private readonly tokens: TokenLookup;

  constructor(
    private readonly reflector: Reflector,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {
    this.throttle = new Throttle(parts.limits);
    this.tokens = tokenLookup(parts.temoin);
  }

  onModuleDestroy(): Promise<void> {
    return this.tokens.stop();
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = this.reflector.get<OperationName | undefined>(OPERATION, context.getHandler());
    if (name === undefined) throw fault('unknown-route');
    const { roles, needsIfMatch } = operation(name);
    if (roles === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const person = await this.personOf(request);
    if (!roles.some((role) => person.roles.includes(role))) throw fault('role-missing');
    remember(callOf({ request, reply }, name, person, this.parts.temoin.ids, needsIfMatch === true));
    return true;
  }

  private async personOf(request: FastifyRequest): Promise<Person> {
    const secret = bearerOf(request.headers.authorization);
    if (secret === undefined) {
      await this.throttle.failed(request.ip, undefined);
      throw fault('not-authenticated');
    }
    const hash = tokenHashOf(secret);
    await this.throttle.beforeLookup(request.ip, hash);
    const { temoin } = this.parts;
    const token = await this.tokens.find(hash);
    if (token === undefined || tokenState(token, temoin.clock.now()) !== 'valid') {
      await this.throttle.failed(request.ip, hash);
      throw fault('not-authenticated');
    }
    await this.throttle.passed(token.tokenId, hash);
    return { tokenId: token.tokenId, staffId: token.staffId, roles: token.roles.filter(isRole) };
  }
}
