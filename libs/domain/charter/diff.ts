import { keyOf } from './lines.js';
import type { CharterParameters, ParameterName } from './parameters.js';
import { clearParameters, proposeParameters } from './proposal.js';
import { parameterNames } from './readings.js';
import type { CharterStructure } from './structure.js';

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface CharterChange {
  /** An article's number, `preamble`, `form`, `form.1`…, `annex.before.1`… */
  readonly part: string;
  readonly change: ChangeKind;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface CharterDiff {
  readonly parts: readonly CharterChange[];
  /** Parameters as the two texts give them; undefined where a text is silent or contradicts itself. */
  readonly parameters: readonly {
    readonly name: ParameterName;
    readonly before: CharterParameters[ParameterName] | undefined;
    readonly after: CharterParameters[ParameterName] | undefined;
  }[];
}

/** What changes from one charter to another, part by part. Spaces, line breaks, accents and signs count for nothing. */
export function diffCharters(before: CharterStructure, after: CharterStructure): CharterDiff {
  const old = partsOf(before);
  const fresh = partsOf(after);
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  const parts = names.flatMap((part): readonly CharterChange[] => {
    const [one, other] = [old.get(part), fresh.get(part)];
    if (one === undefined) return [{ part, change: 'added', before: one, after: other }];
    if (other === undefined) return [{ part, change: 'removed', before: one, after: other }];
    return keyOf(one) === keyOf(other) ? [] : [{ part, change: 'changed', before: one, after: other }];
  });
  const [oldValues, newValues] = [before, after].map((charter) => clearParameters(proposeParameters(charter)));
  const parameters = parameterNames.flatMap((name) => {
    const [one, other] = [oldValues?.[name], newValues?.[name]];
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ name, before: one, after: other }];
  });
  return { parts, parameters };
}

function partsOf({ preamble, articles, form, statements, recommendations }: CharterStructure) {
  const parts = new Map<string, string>();
  const statementLines = new Set(statements.map((statement) => `• ${statement}`));
  const around = form.split('\n').filter((line) => !statementLines.has(line));
  if (preamble !== '') parts.set('preamble', preamble);
  for (const { number, title, text } of articles) {
    const earlier = parts.get(number);
    parts.set(number, `${earlier === undefined ? '' : `${earlier}\n`}${title}\n${text}`);
  }
  if (form !== '') parts.set('form', around.join('\n'));
  for (const [index, statement] of statements.entries()) parts.set(`form.${index + 1}`, statement);
  const counts = { before: 0, during: 0, after: 0 };
  for (const { phase, text } of recommendations) {
    counts[phase] += 1;
    parts.set(`annex.${phase}.${counts[phase]}`, text);
  }
  return parts;
}
