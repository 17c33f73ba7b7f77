import { compact, foldText, type Span } from '../shared/folded-text.js';
import { findEmails, findPhones } from './contact.js';
import { findIbans } from './iban.js';
import { findCards } from './payment-card.js';
import { findSecrets } from './secret.js';
import { findSocialSecurityNumbers } from './social-security-number.js';
import { findThirdParties } from './third-party.js';

/** Never kept (3.3 a, 5.1 a): refused wherever a person can type. */
export type RefusedKind = 'iban' | 'payment-card' | 'social-security-number' | 'secret';
/** Kept only on purpose: the person is told and may go on. */
export type WarnedKind = 'phone' | 'email' | 'third-party';

/** Where something stands in the text, in UTF-16 units of the original; never the thing itself. */
export interface Finding<K extends RefusedKind | WarnedKind = RefusedKind | WarnedKind> {
  readonly kind: K;
  readonly at: number;
  readonly length: number;
}

export interface LintResult {
  readonly refused: readonly Finding<RefusedKind>[];
  readonly warned: readonly Finding<WarnedKind>[];
}

/**
 * How many digits a text has that holds one: the check digits of an account number, the shortest card number, a NIR of 13
 * whose department is 2A or 2B, a French telephone number. Most texts have none of it, and nobody looks for it there.
 */
const FEWEST = { iban: 2, card: 13, nir: 12, phone: 10 } as const;

/**
 * Looks for what the journal must not hold. Pure, linear in the text's length, and blind to tricks of writing: full-width
 * digits, no-break spaces, invisible characters.
 */
export function lint(text: string): LintResult {
  const folded = foldText(text);
  const letters = compact(folded);
  const digits = letters.text.replace(/[^0-9]+/g, '').length;
  const from = (fewest: number, find: typeof findIbans) => (digits < fewest ? [] : find(folded, letters));
  const refused = withoutOverlaps([
    ...mark('iban', from(FEWEST.iban, findIbans)),
    ...mark('payment-card', from(FEWEST.card, findCards)),
    ...mark('social-security-number', from(FEWEST.nir, findSocialSecurityNumbers)),
    ...mark('secret', findSecrets(folded)),
  ]);
  const warned = [
    ...mark('phone', from(FEWEST.phone, findPhones)),
    ...mark('email', findEmails(folded)),
    ...mark('third-party', findThirdParties(folded)),
  ];
  return { refused, warned: withoutOverlaps(warned.filter((one) => !refused.some((other) => overlap(one, other)))) };
}

const mark = <K extends RefusedKind | WarnedKind>(kind: K, spans: readonly Span[]): readonly Finding<K>[] =>
  spans.map((span) => ({ kind, at: span.at, length: span.length }));

const overlap = (one: Span, other: Span): boolean => one.at < other.at + other.length && other.at < one.at + one.length;

/** Of findings on the same place the first kind found wins; the result is in the order of the text. */
function withoutOverlaps<K extends RefusedKind | WarnedKind>(findings: readonly Finding<K>[]): readonly Finding<K>[] {
  const kept: Finding<K>[] = [];
  for (const finding of findings) if (!kept.some((other) => overlap(finding, other))) kept.push(finding);
  return kept.sort((one, other) => one.at - other.at);
}
