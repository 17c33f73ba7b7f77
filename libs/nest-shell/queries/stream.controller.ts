import { Controller, Inject, Param, Query } from '@nestjs/common';
import type { ReplayedEvent } from '#application/temoin.js';
import { PurposeQuery } from '../fields/page-queries.js';
import type { Purpose } from '../fields/query-fields.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { Consultations } from './consultations.js';
import { StreamQuery } from './query-bodies.js';
import { outageIn } from './unreadable.js';

const MAX_EVENTS = 200;
/** Streams that are a member's file. */
const ABOUT_A_MEMBER = /^(member|request|session|access|rights|custody|complaint)-/;

/** One event of a stream as it goes over the wire: personal values present, erased or unreadable. */
export interface SentEvent {
  readonly eventId: string;
  readonly type: string;
  readonly version: number;
  readonly revision: number;
  readonly position: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly commandId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Streams as they were recorded, at any date. */
@Controller()
export class StreamController {
  constructor(
    private readonly consultations: Consultations,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('replayStream')
  replay(@Caller() call: Call, @Param('stream') stream: string, @Query() query: StreamQuery) {
    return this.answer(call, stream, query);
  }

  @Answers('getTimeline')
  timeline(@Caller() call: Call, @Param('sessionId') sessionId: string, @Query() { purpose }: PurposeQuery) {
    return this.answer(call, `session-${sessionId}`, { purpose });
  }

  private async answer(call: Call, stream: string, query: StreamQuery) {
    const { purpose, at, from = 0, limit = MAX_EVENTS } = query;
    const aboutMember = ABOUT_A_MEMBER.test(stream);
    if (aboutMember && purpose === undefined) throw purposeMissing();
    const events: SentEvent[] = [];
    let memberId: string | undefined;
    const range = { from, limit: limit + 1, open: true, ...(at === undefined ? {} : { recordedUntil: at }) };
    for await (const event of this.parts.temoin.stream(stream, range)) {
      events.push(sent(event));
      if (typeof event.data.memberId === 'string') memberId ??= event.data.memberId;
    }
    // one damaged value is shown as such among the others; that nothing can be read is no reading
    const outage = outageIn(events);
    if (outage) throw outage;
    if (events.length === 0 && !(await this.exists(stream))) throw fault('not-found');
    if (aboutMember && purpose !== undefined) await this.consulted(call, stream, purpose, memberId);
    const items = events.slice(0, limit);
    const last = items.at(-1);
    const more = events.length > limit ? { next: String(from + limit) } : {};
    if (events.length > limit) void call.reply.header('link', nextPage(call.request.url, from + limit));
    return { stream, items, asOf: { position: last?.position }, ...(at === undefined ? {} : { at }), ...more };
  }

  private async exists(stream: string): Promise<boolean> {
    for await (const _ of this.parts.temoin.stream(stream, { limit: 1 })) return true;
    return false;
  }

  private async consulted(call: Call, stream: string, purpose: Purpose, memberId: string | undefined): Promise<void> {
    if (memberId === undefined) return;
    const sessionId = stream.startsWith('session-') ? stream.slice('session-'.length) : undefined;
    const what = sessionId === undefined ? 'member-file' : 'journal-entry';
    await this.consultations.record(call, what, purpose, [{ memberId, sessionId }]);
  }
}

const sent = ({ type, version, position, meta, data }: ReplayedEvent): SentEvent => {
  const { eventId, revision, recordedAt, actor, commandId } = meta;
  return { eventId, type, version, revision, position, recordedAt, actor, commandId, data };
};

const purposeMissing = () =>
  fault('malformed-request', {
    detail: 'La lecture du dossier d’un adhérent demande un motif.',
    errors: [{ pointer: '/query/purpose', detail: 'Valeurs admises : quality, dispute, rights, support.' }],
  });

function nextPage(url: string, from: number): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('from', String(from));
  return `<${path}?${parameters}>; rel="next"`;
}
