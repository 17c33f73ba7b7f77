import { Inject, Injectable } from '@nestjs/common';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { ViewDeps } from '#views/query.js';
import type { ViewDefinition } from '#views/view.js';
import { fault } from '../problems/problem-fault.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { viewPatience } from './patience.js';
import { watchedOpener } from './unreadable.js';

/** A question to one view or several: waits for the position asked for, then answers. */
export class Ask<T> extends Query<T> {
  constructor(
    readonly views: readonly ViewDefinition[],
    readonly waitFor: string | undefined,
    readonly question: (deps: ViewDeps) => Promise<T>,
  ) {
    super();
  }
}

@QueryHandler(Ask)
export class AskHandler implements IQueryHandler<Ask<unknown>> {
  constructor(@Inject(PARTS) private readonly parts: ServiceParts) {}

  async execute({ views, waitFor, question }: Ask<unknown>): Promise<unknown> {
    const { temoin, limits } = this.parts;
    if (waitFor !== undefined) {
      const until = performance.now() + viewPatience(limits);
      for (const { schema } of views)
        if (!(await temoin.waitFor(schema.name, waitFor, Math.max(0, until - performance.now()))))
          throw fault('view-behind', { retryAfter: 1 });
    }
    const { onAlarm = () => undefined } = this.parts;
    const opener = watchedOpener(temoin.opener, (code, values) => onAlarm({ kind: 'values-unreadable', code, values }));
    return question({ viewStore: temoin.viewStore, opener, now: temoin.clock.now() });
  }
}

/** What controllers put their questions through. */
@Injectable()
export class Queries {
  constructor(private readonly bus: QueryBus) {}

  /** @throws ProblemFault `view-behind` */
  ask<T>(
    views: ViewDefinition | readonly ViewDefinition[],
    waitFor: string | undefined,
    question: (deps: ViewDeps) => Promise<T>,
  ): Promise<T> {
    const list = Array.isArray(views) ? (views as readonly ViewDefinition[]) : [views as ViewDefinition];
    return this.bus.execute(new Ask(list, waitFor, question)) as Promise<T>;
  }
}
