/** Nothing that a later consultation depends on but their number: each is a fact of its own. */
export interface AccessState {
  readonly consultations: number;
  readonly exports: readonly string[];
}

export const initialAccess: AccessState = { consultations: 0, exports: [] };
