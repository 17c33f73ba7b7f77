import type { CommandOutcome } from '#application/command.js';
import type { Random } from '../crash/random.js';

/** One step of a story: a command, or time that passes. */
export type Step =
  | { readonly stream: string; readonly command: Readonly<Record<string, unknown>> & { readonly type: string } }
  | { readonly minutes: number }
  | { readonly untilDay: string; readonly time: string }
  /** The keys of a member's living cells are destroyed, and that is recorded. */
  | { readonly destroy: string; readonly destructionId: string };

/** Is told what became of the step before. */
export type Story = Generator<Step, void, CommandOutcome | undefined>;

/** What stories know of each other. */
export interface World {
  readonly random: Random;
  /** A new id, never given before. */
  fresh(kind: string): string;
  now(): string;
  readonly members: string[];
  readonly technicians: string[];
  readonly sessions: { readonly id: string; readonly memberId: string }[];
  readonly charterVersionId: string;
}

const NAMES = ['Adèle', 'Bruno', 'Chloé', 'Denis', 'Élise', 'Farid', 'Gaëlle', 'Hugo'] as const;
const WORDS = ['imprimante', 'courriel', 'sauvegarde', 'écran', 'mise à jour', 'clavier', 'réseau', 'pilote'] as const;

export const nameOf = ({ random }: World): string => `${random.pick(NAMES)} Fictif ${random.below(10_000)}`;
export const textOf = ({ random }: World): string =>
  `Au sujet de : ${random.pick(WORDS)}, ${random.pick(WORDS)} (${random.below(1000)}).`;
export const yes = ({ random }: World, outOf = 2): boolean => random.below(outOf) > 0;
/** A day of the run's two years. */
export const dayOf = ({ random }: World): string =>
  `${2026 + random.below(2)}-${pad(1 + random.below(12))}-${pad(1 + random.below(28))}`;
const pad = (value: number): string => String(value).padStart(2, '0');

export const minutesFrom = (moment: string, minutes: number): string =>
  new Date(Date.parse(moment) + minutes * 60_000).toISOString();
/** The next day from Monday to Friday, with its date alone. */
export function weekdayAfter(moment: string): string {
  const date = new Date(Date.parse(moment) + 86_400_000);
  while (date.getUTCDay() % 6 === 0) date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
