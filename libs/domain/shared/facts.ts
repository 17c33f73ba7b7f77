import type { Instant } from '#kernel/time.js';

export const roles = [
  'Administrator',
  'Director',
  'President',
  'SupportLead',
  'Technician',
  'Auditor',
  'Integrator',
] as const;
export type Role = (typeof roles)[number];

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** Who gives the command. */
export interface Actor {
  /** A staff id; `system` for processes. */
  readonly staffId: string;
  readonly roles: readonly Role[];
}

/** What every decision knows. */
export interface BaseFacts {
  readonly now: Instant;
  readonly actor: Actor;
}

export const hasAnyRole = (actor: Actor, ...wanted: readonly Role[]): boolean =>
  wanted.some((role) => actor.roles.includes(role));
