/**
 * What sees work pass by, to say afterwards where the time of one request went. A span carries codes, counts and the
 * correlation id of a request; the names are listed here, so that nothing else can be given. No id of a person or a case, no
 * text, no address as it was sent, no message of an error.
 */

/** Names after the semantic conventions of OpenTelemetry where these have one. */
export interface SpanFacts {
  readonly 'http.request.method'?: string;
  /** As declared: `/api/v1/members/:memberId`. */
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  /** Random, of this service's own making. */
  readonly 'temoin.correlation_id'?: string;
  readonly 'temoin.category'?: string;
  readonly 'temoin.command'?: string;
  /** How it ended: `accepted`, `refused`, `complete`, or a code of the port that was asked. */
  readonly 'temoin.outcome'?: string;
  readonly 'temoin.refusal'?: string;
  /** Where a batch touches several, their names with spaces between. */
  readonly 'temoin.view'?: string;
  readonly 'temoin.process'?: string;
  readonly 'temoin.step'?: string;
  readonly 'temoin.events'?: number;
  readonly 'temoin.documents'?: number;
  readonly 'temoin.keys'?: number;
  readonly 'temoin.present'?: number;
  readonly 'temoin.erased'?: number;
  readonly 'temoin.unreadable'?: number;
  readonly 'temoin.unfinished'?: number;
}

export interface Span {
  /** More about the work, as it comes to be known. */
  add(facts: SpanFacts): void;
}

/** The span of a request, which ends elsewhere than it began. */
export interface RequestSpan extends Span {
  /** Runs what belongs to the request: spans that begin meanwhile, awaited work included, lie below this one. */
  run<T>(work: () => T): T;
  end(): void;
}

export interface Tracer {
  /**
   * Runs work in a span of its own: below the one under way, or as the first of a new trace. The span ends with the work, or
   * with the promise that it answers. What the work throws is thrown on; the span keeps its code and nothing else.
   */
  span<T>(name: string, facts: SpanFacts, work: (span: Span) => T): T;
  /** The same below a span under way; without one the work runs untraced. */
  inside<T>(name: string, facts: SpanFacts, work: (span: Span) => T): T;
  /** Notes something in the span under way, where there is one. */
  note(name: string, facts: SpanFacts): void;
  /** @param traceparent as the caller sent it (W3C Trace Context); what is not well-formed is left out of account */
  request(name: string, facts: SpanFacts, traceparent: string | undefined): RequestSpan;
}
