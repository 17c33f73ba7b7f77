/**
 * Canonical JSON (RFC 8785): one text, and so one digest and one signature, for one value. Members in the order of their
 * names' UTF-16 units, no white space, numbers as ECMAScript writes them.
 * @throws TypeError for what is not JSON: undefined inside a list, NaN, lone surrogates, functions. A member that is
 * undefined is left out, as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('not a number of JSON');
      return JSON.stringify(value);
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('a text with a lone surrogate has no canonical form');
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? listOf(value) : membersOf(value);
    default:
      throw new TypeError(`a ${typeof value} is not JSON`);
  }
}

const listOf = (list: readonly unknown[]): string => `[${Array.from(list, canonicalJson).join(',')}]`;

function membersOf(value: object): string {
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${canonicalJson(name)}:${canonicalJson(one)}`);
  return `{${members.join(',')}}`;
}
