import { roles } from '#domain/shared/facts.js';
import { type Operation, pathOf } from '#nest-shell/operations/operation.js';
import { operations } from '#nest-shell/operations/operations.js';
import { code, type GeneratedFile, generatedNote, page, table } from './markdown.js';

/** Roles × operations, as the guard reads them. */
export function roleFiles(): readonly GeneratedFile[] {
  const all = Object.entries(operations as Readonly<Record<string, Operation>>);
  const tags = [...new Set(all.map(([, operation]) => operation.tag))];
  const sections = tags.flatMap((tag) => [
    `## ${tag}`,
    table(
      ['Operation', 'Request', ...roles],
      all
        .filter(([, operation]) => operation.tag === tag)
        .map(([name, operation]) => [
          `${operation.summary} (${code(name)})`,
          code(`${operation.method} ${pathOf(operation)}`),
          ...roles.map((role) => (operation.roles === 'public' || operation.roles.includes(role) ? 'yes' : '')),
        ]),
    ),
  ]);
  return [
    {
      path: 'docs/reference/roles.md',
      text: page(
        '# Roles and operations',
        generatedNote('the table of operations in `libs/nest-shell/operations/operations.ts`'),
        'The guard of the API reads this table and nothing else. An operation without a token is marked for every role.',
        ...sections,
      ),
    },
  ];
}
