import { Body, Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Instant } from '#kernel/time.js';
import { Moment } from '../fields/fields.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { PARTS, type ServiceParts } from '../service-parts.js';

export class MoveClockBody {
  @Moment({ doc: 'The new simulated time; later than the present one.' })
  declare readonly to: Instant;
}

/** The service itself: is it well, and what time does it think it is. */
@Controller()
export class ServiceController {
  constructor(@Inject(PARTS) private readonly parts: ServiceParts) {}

  @Answers('live')
  live() {
    return { status: 'ok', simulated: this.parts.moveClock !== undefined };
  }

  @Answers('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { moveClock, temoin, proofs } = this.parts;
    const readiness = await temoin.ready();
    if (!readiness.ready) void reply.status(503);
    return {
      status: readiness.ready ? 'ok' : 'unavailable',
      simulated: moveClock !== undefined,
      ...readiness,
      unfinishedErasures: proofs.unfinished(),
    };
  }

  @Answers('readClock')
  clock() {
    this.simulation();
    return { now: this.parts.temoin.clock.now(), simulated: true };
  }

  @Answers('moveClock')
  move(@Body() { to }: MoveClockBody) {
    if (!this.simulation()(to)) throw fault('clock-only-forward');
    return { now: this.parts.temoin.clock.now(), simulated: true };
  }

  private simulation(): (to: Instant) => boolean {
    if (this.parts.moveClock === undefined)
      throw fault('not-found', {
        detail: 'Ce service n’est pas une simulation : son horloge est celle de la machine.',
      });
    return this.parts.moveClock;
  }
}
