import type { Refusal } from '#kernel/refusal.js';
import type { WarnedKind } from '../lint/lint.js';
import { lintFields } from '../lint/lint-fields.js';

/** Free texts by JSON pointer: the refusal if they may not be kept, else the kinds of what was warned of, for the event. */
export function linted(fields: Readonly<Record<string, string | undefined>>): {
  readonly refusal: Refusal | undefined;
  readonly warnings: { readonly lintWarnings?: readonly WarnedKind[] };
} {
  const { refusal, warnings } = lintFields(fields);
  const kinds = [...new Set(warnings.map((warning) => warning.kind))];
  return { refusal, warnings: kinds.length === 0 ? {} : { lintWarnings: kinds } };
}
