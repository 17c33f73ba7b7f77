import type { Instant } from '#kernel/time.js';

/** A copy of everything held on a member that was issued. */
export interface IssuedExport {
  readonly exportId: string;
  readonly sha256: string;
  readonly issuedBy: string;
  readonly expiresAt: Instant;
}

/** Nothing that a later consultation depends on but their number: each is a fact of its own. */
export interface AccessState {
  readonly consultations: number;
  readonly exports: readonly IssuedExport[];
  readonly disclosures: readonly string[];
}

export const initialAccess: AccessState = { consultations: 0, exports: [], disclosures: [] };
