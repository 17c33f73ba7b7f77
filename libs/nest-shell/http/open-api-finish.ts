import type { OpenAPIObject } from '@nestjs/swagger';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What the generator leaves out of an OpenAPI 3.1 document: bodies refuse unknown properties, examples are JSON Schema's
 * (a list in the schema), and every request has one that passes validation.
 */
export function finishOpenApi(document: OpenAPIObject, generated: GeneratedAnswers): OpenAPIObject {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Json>;
  for (const [name, schema] of Object.entries(schemas))
    if (name.endsWith('Body')) Object.assign(schema, { additionalProperties: false });
  for (const item of Object.values(document.paths) as Json[])
    for (const operation of Object.values(item))
      if (isObject(operation)) {
        finishOperation(operation, schemas);
        finishAnswer(operation, generated.answers);
      }
  Object.assign(schemas, generated.schemas);
  return document;
}

/** Shapes of answers by operation, derived from the controllers (`npm run generate`). */
export interface GeneratedAnswers {
  readonly answers: Readonly<Record<string, Json>>;
  readonly schemas: Readonly<Record<string, Json>>;
}

function finishAnswer(operation: Json, answers: GeneratedAnswers['answers']): void {
  const schema = answers[String(operation.operationId)];
  const answer = isObject(operation.responses) ? operation.responses['200'] : undefined;
  const content = isObject(answer) && isObject(answer.content) ? answer.content : undefined;
  if (schema && content) content['application/json'] = { schema };
}

function finishOperation(operation: Json, schemas: Record<string, Json>): void {
  for (const parameter of (operation.parameters ?? []) as Json[]) {
    if (!Array.isArray(parameter.examples)) continue;
    parameter.schema = { ...(isObject(parameter.schema) ? parameter.schema : {}), examples: parameter.examples };
    delete parameter.examples;
  }
  const content = isObject(operation.requestBody) ? operation.requestBody.content : undefined;
  const json = isObject(content) ? content['application/json'] : undefined;
  if (isObject(json) && isObject(json.schema)) json.example = exampleOf(json.schema, schemas);
}

/** A value that fits a schema: its own example, else the smallest that says something. Optional parts are left out. */
export function exampleOf(schema: Json, schemas: Record<string, Json>): unknown {
  if (typeof schema.$ref === 'string') return exampleOf(schemas[schema.$ref.split('/').pop() ?? ''] ?? {}, schemas);
  if (Array.isArray(schema.allOf)) return exampleOf(schema.allOf.find(isObject) ?? {}, schemas);
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const required = new Set((schema.required ?? []) as string[]);
      const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>);
      return Object.fromEntries(
        properties.filter(([name]) => required.has(name)).map(([name, one]) => [name, exampleOf(one, schemas)]),
      );
    }
    case 'array':
      return [exampleOf(isObject(schema.items) ? schema.items : {}, schemas)];
    case 'boolean':
      return true;
    case 'integer':
      return schema.minimum ?? 0;
    default:
      return typeof schema.pattern === 'string' ? 'q3v7k2m9x4b8n5c1d6f0' : 'texte';
  }
}
