import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EventDefinition } from '#kernel/define-event.js';
import { projectFolder } from './shared-data.js';

/**
 * Every event that the domain declares, found where declarations live (`libs/domain/<aggregate>/events*.ts`), so that a
 * new aggregate cannot be forgotten in a list.
 */
export async function declaredEvents(): Promise<
  readonly { readonly aggregate: string; readonly definition: EventDefinition }[]
> {
  const domain = join(projectFolder, 'dist', 'libs', 'domain');
  const found = new Map<EventDefinition, string>();
  for (const aggregate of (await readdir(domain)).sort()) {
    const folder = join(domain, aggregate);
    if (!existsSync(join(folder, 'events.js'))) continue;
    for (const file of (await readdir(folder)).filter((name) => /^events(-[a-z]+)*\.js$/.test(name)).sort()) {
      const declarations: Record<string, unknown> = await import(pathToFileURL(join(folder, file)).href);
      for (const value of Object.values(declarations)) if (isDefinition(value)) found.set(value, aggregate);
    }
  }
  return [...found].map(([definition, aggregate]) => ({ aggregate, definition }));
}

const isDefinition = (value: unknown): value is EventDefinition => {
  const one = value as Partial<EventDefinition> | null;
  return (
    typeof one === 'object' &&
    one !== null &&
    typeof one.type === 'string' &&
    typeof one.version === 'number' &&
    'data' in one &&
    'schema' in one
  );
};
