/** What is wrong with a value, in French, and where below it (`/2`). */
export type Fault = string | { readonly at: string; readonly detail: string };
/** @returns undefined when nothing is wrong */
export type Check = (value: unknown) => Fault | undefined;
export type BodyClass = new () => object;

/** What a body class says of one of its fields. */
export interface Rule {
  readonly name: string;
  readonly check: Check;
  readonly optional: boolean;
  /** From what was sent to what is checked and taken on; absent: as it is. */
  readonly read?: (value: unknown) => unknown;
  /** The class of the object, or of each object of the list, that the field holds. */
  readonly inner?: () => BodyClass;
}

const declared = new Map<object, Rule[]>();
const known = new Map<BodyClass, ReadonlyMap<string, Rule>>();

/** Declares a field of a body class. */
export const ruled =
  (rule: Omit<Rule, 'name'>): PropertyDecorator =>
  (target, property) => {
    const rules = declared.get(target) ?? [];
    declared.set(target, [...rules, { ...rule, name: String(property) }]);
  };

/** The fields of a class by name, its own first, then those of the classes it extends. */
export function rulesOf(type: BodyClass): ReadonlyMap<string, Rule> {
  const found = known.get(type);
  if (found) return found;
  const rules = new Map<string, Rule>();
  for (let target = type.prototype; target !== null; target = Object.getPrototypeOf(target))
    for (const rule of declared.get(target) ?? []) if (!rules.has(rule.name)) rules.set(rule.name, rule);
  known.set(type, rules);
  return rules;
}
