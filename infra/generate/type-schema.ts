import ts from 'typescript';

export type Schema = { readonly [keyword: string]: unknown };

/**
 * JSON Schema (2020-12) of the types that queries answer, read from their declarations. Types with a name become schemas of
 * that name and are referred to; where two different types have one name, the second is written out.
 * @throws where an answer would carry a sealed value: it is opened before, or left out
 */
export function typeSchemas(checker: ts.TypeChecker) {
  const named = new Map<string, { readonly type: ts.Type; schema: Schema }>();
  const underWay = new Set<ts.Type>();

  function schemaOf(type: ts.Type): Schema {
    const scalar = scalarOf(type);
    if (scalar) return scalar;
    const name = nameOf(type);
    if (name === undefined) return written(type);
    const known = named.get(name);
    if (known) return known.type === type ? reference(name) : written(type);
    const entry = { type, schema: {} };
    named.set(name, entry);
    entry.schema = described(written(type), docOf(type.aliasSymbol ?? type.symbol));
    return reference(name);
  }

  function written(type: ts.Type): Schema {
    if (underWay.has(type)) return {};
    underWay.add(type);
    try {
      if (type.isUnion()) return unionOf(type);
      const element = checker.isArrayLikeType(type) ? checker.getIndexTypeOfType(type, ts.IndexKind.Number) : undefined;
      return element ? { type: 'array', items: schemaOf(element) } : objectOf(type);
    } finally {
      underWay.delete(type);
    }
  }

  /** An optional or nullable opened text loses its name on the way through the compiler: it is found again by its shape. */
  function withOpenedText(choices: readonly Schema[]): readonly Schema[] {
    const opened = named.get('OpenedText')?.schema.anyOf as readonly Schema[] | undefined;
    const shapes = new Set(opened?.map((one) => JSON.stringify(one)));
    const others = choices.filter((one) => !shapes.has(JSON.stringify(one)));
    return shapes.size > 0 && choices.length - others.length === shapes.size
      ? [reference('OpenedText'), ...others]
      : choices;
  }

  /** Members in an order that does not depend on what the compiler saw first. */
  function unionOf(type: ts.UnionType): Schema {
    const members = type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined));
    const texts = members.filter((one) => one.isStringLiteral()).map(({ value }) => value);
    const choices: Schema[] = texts.length > 0 ? [{ type: 'string', enum: texts.sort() }] : [];
    const others = members.filter((one) => !one.isStringLiteral());
    if (others.some((one) => one.flags & ts.TypeFlags.BooleanLiteral)) choices.push({ type: 'boolean' });
    for (const one of others) if (!(one.flags & ts.TypeFlags.BooleanLiteral)) choices.push(schemaOf(one));
    const different = [...new Map(choices.map((one) => [JSON.stringify(one), one])).entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, schema]) => schema);
    return oneOf(withOpenedText(different));
  }

  function objectOf(type: ts.Type): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      if (property.name === '$sealed') throw new Error(`${checker.typeToString(type)} in an answer`);
      if (property.name.startsWith('__@')) continue;
      const of = checker.getTypeOfSymbol(property);
      if (of.flags & ts.TypeFlags.Undefined || of.flags & ts.TypeFlags.Never) continue;
      properties[property.name] = described(schemaOf(of), docOf(property));
      // what is undefined is not in the JSON
      const maybe = of.isUnion() && of.types.some((one) => one.flags & ts.TypeFlags.Undefined);
      if (!(property.flags & ts.SymbolFlags.Optional) && !maybe) required.push(property.name);
    }
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required: required.sort() } : {}),
      ...(index ? { additionalProperties: schemaOf(index) } : {}),
    };
  }

  /** The name that a type has in the documentation; none for what is written out where it stands. */
  function nameOf(type: ts.Type): string | undefined {
    const [symbol, parts] = type.aliasSymbol
      ? [type.aliasSymbol, type.aliasTypeArguments ?? []]
      : [type.symbol, checker.getTypeArguments(type as ts.TypeReference)];
    if (symbol === undefined || symbol.name.startsWith('__') || checker.isArrayLikeType(type)) return undefined;
    if (!(type.aliasSymbol || symbol.flags & ts.SymbolFlags.Interface)) return undefined;
    if (symbol.declarations?.some((one) => one.getSourceFile().fileName.includes('node_modules'))) return undefined;
    if (symbol.name !== 'Opened') return parts.length === 0 ? symbol.name : undefined;
    const [part] = parts;
    return part && part.flags & ts.TypeFlags.String ? 'OpenedText' : undefined;
  }

  const docOf = (symbol: ts.Symbol | undefined): string =>
    symbol ? ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim() : '';

  return {
    schemaOf,
    /** Schemas of the types that have a name, by that name. */
    named: (): Readonly<Record<string, Schema>> =>
      Object.fromEntries([...named].sort().map(([name, { schema }]) => [name, schema])),
  };
}

const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const oneOf = (choices: readonly Schema[]): Schema => (choices.length <= 1 ? (choices[0] ?? {}) : { anyOf: choices });
const described = (schema: Schema, description: string): Schema =>
  description === '' || 'description' in schema ? schema : { ...schema, description };

function scalarOf(type: ts.Type): Schema | undefined {
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
  if (flags & ts.TypeFlags.Null) return { type: 'null' };
  if (type.isStringLiteral()) return { const: type.value };
  if (type.isNumberLiteral()) return { const: type.value };
  if (flags & ts.TypeFlags.BooleanLike && !(flags & ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
  if (flags & ts.TypeFlags.BooleanLiteral)
    return { const: (type as ts.Type & { intrinsicName?: string }).intrinsicName === 'true' };
  if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
  if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: 'string' };
  // branded texts: moments, days, positions
  if (!type.isIntersection() || !type.types.some((one) => one.flags & ts.TypeFlags.String)) return undefined;
  const format = { Instant: 'date-time', LocalDate: 'date' }[type.aliasSymbol?.name ?? ''];
  return format === undefined ? { type: 'string' } : { type: 'string', format };
}
