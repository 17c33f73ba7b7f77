import type { RequestState } from './state.js';

/** A request that exists. */
export interface Known {
  readonly requestId: string;
  readonly memberId: string;
}

export const isKnown = (state: RequestState): state is RequestState & Known =>
  state.requestId !== undefined && state.memberId !== undefined;
