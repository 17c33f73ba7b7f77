import { type EventDefinition, jsonSchemaOf } from '#kernel/define-event.js';
import { catalogue } from './catalogue.js';
import { code, type GeneratedFile, generatedNote, page, table } from './markdown.js';

type Schema = Readonly<Record<string, unknown>>;

/** The event catalogue and one JSON Schema for each event. */
export function eventFiles(): readonly GeneratedFile[] {
  const schemas = catalogue.flatMap(([, events]) =>
    events.map((event) => ({
      path: `docs/reference/schemas/${event.type}.v${event.version}.json`,
      text: `${JSON.stringify(jsonSchemaOf(event), null, 2)}\n`,
    })),
  );
  return [{ path: 'docs/reference/events.md', text: cataloguePage() }, ...schemas];
}

function cataloguePage(): string {
  return page(
    '# Events',
    generatedNote('the event declarations in `libs/domain/*/events*.ts`'),
    'Every event that Témoin stores. Type, version and field names are the storage format: once written, never changed.',
    '**Personal** fields are sealed before they are stored, under the key cell named; *strikeable* ones have a cell of their own below it, so that a person may have them struck out one by one. Destroying a cell destroys those below it. All other fields are stored readable and hold no personal data.',
    ...catalogue.flatMap(([category, events]) => [
      `## Streams \`${category}-…\``,
      ...events.flatMap((event) => eventSection(event)),
    ]),
  );
}

function eventSection(event: EventDefinition): readonly string[] {
  const schema = jsonSchemaOf(event) as { properties?: Record<string, Schema> };
  const rows = Object.entries(event.data).map(([name, field]) => [
    field.optional ? `${code(name)} (optional)` : code(name),
    formOf(schema.properties?.[name] ?? {}),
    field.personal
      ? `${code(field.personal.cell)}${field.personal.strikeable ? ', strikeable' : ''}: ${field.personal.category}`
      : '',
  ]);
  const about = event.subject === undefined ? 'About nobody in particular.' : `Data subject: ${code(event.subject)}.`;
  const rules = event.rules.length > 0 ? ` Serves ${event.rules.map(code).join(', ')}.` : '';
  return [
    `### ${event.type}`,
    `${event.doc} ${about}${rules} Version ${event.version} ([schema](schemas/${event.type}.v${event.version}.json)).`,
    table(['Field', 'Form', 'Personal: cell and category'], rows),
  ];
}

/** A property's form in a few words. */
export function formOf(schema: Schema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => code(String(one))).join(' · ');
  if (schema.type === 'array') return `list of ${formOf(schema.items as Schema)}${max(schema.maxItems, ', at most')}`;
  if (schema.type === 'object') {
    const parts = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
    return `{ ${parts.map(([name, part]) => `${name}: ${formOf(part)}`).join(', ')} }`;
  }
  if (schema.type === 'integer') return `whole number ${schema.minimum}–${schema.maximum}`;
  if (schema.type === 'boolean') return 'yes or no';
  if (schema.format === 'date-time') return 'instant (UTC, milliseconds)';
  if (schema.format === 'date') return 'date (Europe/Paris)';
  if (schema.pattern === '^[0-9a-f]{64}$') return 'SHA-256';
  if (typeof schema.pattern === 'string') return 'id';
  if (schema.type === 'string') return `text${max(schema.maxLength, ', at most')}`;
  return 'value';
}

const max = (limit: unknown, words: string): string =>
  typeof limit === 'number' && limit < Number.MAX_SAFE_INTEGER ? `${words} ${limit}` : '';
