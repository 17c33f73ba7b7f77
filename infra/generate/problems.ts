import { problemTypes } from '#nest-shell/problems/registry.js';
import { byText, code, type GeneratedFile, generatedNote, page, table } from './markdown.js';

/** The registry of problems (RFC 9457) that the API answers. */
export function problemFiles(): readonly GeneratedFile[] {
  const rows = [...problemTypes.values()]
    .sort((one, other) => one.status - other.status || byText(one.code, other.code))
    .map(({ code: name, status, title, rule }) => [
      code(`/problems/${name}`),
      String(status),
      title,
      rule === undefined ? '' : code(rule),
    ]);
  return [
    {
      path: 'docs/reference/problems.md',
      text: page(
        '# Problems',
        generatedNote('the problem registry in `libs/nest-shell/problems` and the refusals of `libs/domain`'),
        'Every error of the API is an `application/problem+json` document (RFC 9457). `type` is one of the addresses below, `detail` and `next` are French sentences for the person at the screen, `rule` names the charter rule behind a refusal, `errors[]` points into the request, `correlationId` finds the request in the log.',
        table(['Type', 'Status', 'Title', 'Rule'], rows),
      ),
    },
  ];
}
