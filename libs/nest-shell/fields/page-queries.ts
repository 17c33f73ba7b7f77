import { Cursor, Limit, type Purpose, PurposeOf, WaitFor } from './query-fields.js';

/** Queries that many operations share. */

export class WaitQuery {
  @WaitFor() declare readonly waitFor?: string;
}

export class PageQuery {
  @Limit() declare readonly limit?: number;
  @Cursor() declare readonly cursor?: string;
  @WaitFor() declare readonly waitFor?: string;
}

/** Of everything that opens a member's file. */
export class PurposeQuery {
  @PurposeOf(false) declare readonly purpose: Purpose;
  @WaitFor() declare readonly waitFor?: string;
}

/** A command with nothing to say: `{}` or no body at all. */
export class EmptyBody {}
