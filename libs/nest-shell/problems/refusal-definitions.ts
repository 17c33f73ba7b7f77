import type { RefusalKind } from '#kernel/refusal.js';

export interface DeclaredRefusal {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly rule: string | undefined;
  readonly title: string;
}

/** Every refusal that the domain declares. A test finds the ones that are not in this list. */
export const refusalDefinitions = (): readonly DeclaredRefusal[] => [];
