/** An answer to a request that did not go through, as RFC 9457 writes it (`application/problem+json`). */
export interface Problem {
  /** Relative URI of the problem's page: `/problems/<code>`. */
  readonly type: string;
  readonly code: string;
  /** English, for engineers. The same for every occurrence. */
  readonly title: string;
  readonly status: number;
  /** French, for the person at the screen. Never personal data, never what was typed. */
  readonly detail: string;
  /** What to do now, in French. */
  readonly next: string;
  /** The charter rule behind a refusal: `charter:3.1a`. */
  readonly rule?: string;
  readonly errors?: readonly ProblemPointer[];
  /** Of an erasure: when, and the reference of its proof. */
  readonly erasedAt?: string;
  /** The destruction: `/api/v1/destructions/<proof>`. */
  readonly proof?: string;
  /** Finds the request in the log. */
  readonly correlationId: string;
  /** True in simulation mode, absent otherwise. */
  readonly simulated?: true;
}

/** Where in the request: a JSON pointer (RFC 6901) into the body, or `/query/<name>`, `/header/<name>`, `/path/<name>`. */
export interface ProblemPointer {
  readonly pointer: string;
  readonly detail: string;
}

/** What a problem type is, apart from any occurrence. */
export interface ProblemType {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly rule: string | undefined;
  /** What happened and what to do, in French, when it does not depend on the occurrence. */
  readonly detail: string;
  readonly next: string;
}

export interface ProblemParts {
  readonly detail?: string;
  readonly next?: string;
  readonly errors?: readonly ProblemPointer[];
  readonly erasedAt?: string;
  readonly proof?: string;
  /** Seconds, for the Retry-After header. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
