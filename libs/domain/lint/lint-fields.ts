import { defineRefusal, type Refusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';
import { type Finding, lint, type RefusedKind, type WarnedKind } from './lint.js';

export const contentLintBlocked = defineRefusal({
  code: 'content-lint-blocked',
  kind: 'input',
  rule: 'charter:3.3a' satisfies RuleId,
  title: 'The text holds data that must not be recorded',
  detail: 'Le texte contient des données que la charte interdit de noter : rien n’a été enregistré.',
  next: 'Retirez le passage signalé, puis recommencez. Décrivez le problème sans recopier ce qui est à l’écran.',
});

export const secretBlocked = defineRefusal({
  code: 'secret-must-not-be-noted',
  kind: 'input',
  rule: 'charter:5.1a' satisfies RuleId,
  title: 'The text holds a password or a secret code',
  detail: 'Le texte contient un mot de passe ou un code secret : rien n’a été enregistré.',
  next: 'Retirez le passage signalé, puis recommencez. On note qu’un accès temporaire a servi, jamais sa valeur.',
});

type LintRefusal = Refusal<'content-lint-blocked' | 'secret-must-not-be-noted'>;

/** A passage that may stay, but that its author should look at again. */
export interface LintWarning {
  readonly pointer: string;
  readonly kind: WarnedKind;
  readonly at: number;
  readonly length: number;
  /** French; says what and where, never the passage. */
  readonly detail: string;
}

export interface FieldsLint {
  /** Undefined when every text may be recorded. */
  readonly refusal: LintRefusal | undefined;
  readonly warnings: readonly LintWarning[];
}

const names: Readonly<Record<RefusedKind | WarnedKind, string>> = {
  iban: 'numéro de compte bancaire (IBAN)',
  'payment-card': 'numéro de carte bancaire',
  'social-security-number': 'numéro de sécurité sociale',
  secret: 'mot de passe ou code secret',
  phone: 'numéro de téléphone',
  email: 'adresse électronique',
  'third-party': 'nom d’une autre personne',
};

/**
 * Looks at the free texts of a command.
 * @param fields texts by JSON pointer into the command's data (`/problem`); an undefined one is left out
 */
export function lintFields(fields: Readonly<Record<string, string | undefined>>): FieldsLint {
  const pointers: { pointer: string; detail: string }[] = [];
  const warnings: LintWarning[] = [];
  const kinds = new Set<RefusedKind>();
  for (const [pointer, text] of Object.entries(fields)) {
    if (text === undefined) continue;
    const { refused, warned } = lint(text);
    for (const finding of refused) {
      kinds.add(finding.kind);
      pointers.push({ pointer, detail: sentence(finding) });
    }
    for (const { kind, at, length } of warned)
      warnings.push({ pointer, kind, at, length, detail: sentence({ kind, at, length }) });
  }
  if (kinds.size === 0) return { refusal: undefined, warnings };
  const onlySecrets = kinds.size === 1 && kinds.has('secret');
  return { refusal: (onlySecrets ? secretBlocked : contentLintBlocked)(undefined, pointers), warnings };
}

/** The refusal alone, for deciders. */
export const refuseLinted = (fields: Readonly<Record<string, string | undefined>>): LintRefusal | undefined =>
  lintFields(fields).refusal;

const sentence = ({ kind, at, length }: Finding): string =>
  `${names[kind]}, du caractère ${at + 1} au caractère ${at + length}`;

export const plainFieldPersonal = defineRefusal({
  code: 'plain-field-personal-data',
  kind: 'input',
  rule: 'charter:3.3a' satisfies RuleId,
  title: 'A field kept in the clear holds personal data',
  detail: 'Ce champ reste lisible pour toujours : il ne peut porter ni coordonnées ni nom de personne.',
  next: 'Remplacez le passage signalé par une référence, sans nom ni coordonnées.',
});

/** For fields that are stored unsealed and so outlive every erasure: what is elsewhere only warned of is refused too. */
export function refusePersonal(
  fields: Readonly<Record<string, string | undefined>>,
): LintRefusal | Refusal<'plain-field-personal-data'> | undefined {
  const { refusal, warnings } = lintFields(fields);
  if (refusal) return refusal;
  if (warnings.length === 0) return undefined;
  return plainFieldPersonal(
    undefined,
    warnings.map(({ pointer, detail }) => ({ pointer, detail })),
  );
}
