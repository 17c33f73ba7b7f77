import { inFrench, inHtml } from '#application/documents/letter.js';
import type { ProblemType } from './problem.js';

const page = (title: string, body: string): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inHtml(title)} – Témoin</title>
<style>
body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 44rem; margin: 2.5rem auto; padding: 0 1.25rem; color: #1b1b1b; background: #fff }
h1 { font-size: 1.5rem } dt { font-weight: 600; margin-top: .8rem } dd { margin: 0 } code { font-size: .95em }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #c8c8c8; vertical-align: top }
a { color: #00518a }
@media (max-width: 40rem) { table, code { font-size: .8rem } th, td { padding: .35rem .3rem } td { overflow-wrap: break-word } th:nth-child(even), td:nth-child(even) { display: none } }
</style>
</head>
<body>
${body}
</body>
</html>
`;

/** The page behind a problem's `type`: what the code means and what to do, readable without any network. */
export const problemPage = (type: ProblemType): string =>
  page(
    type.code,
    `<h1>${inFrench(type.detail)}</h1>
<dl>
<dt>Que faire ?</dt><dd>${inFrench(type.next)}</dd>
<dt>Code</dt><dd><code>${inHtml(type.code)}</code></dd>
<dt>Statut HTTP</dt><dd>${type.status}</dd>
<dt>Titre technique</dt><dd lang="en">${inHtml(type.title)}</dd>
${type.rule === undefined ? '' : `<dt>Règle de la charte</dt><dd><code>${inHtml(type.rule)}</code></dd>\n`}</dl>
<p><a href="/problems">Tous les problèmes</a> · <a href="/docs">Documentation de l’API</a></p>`,
  );

export const problemIndex = (types: Iterable<ProblemType>): string =>
  page(
    'Problèmes',
    `<h1>Problèmes que l’API peut signaler</h1>
<table><thead><tr><th scope="col">Code</th><th scope="col">HTTP</th><th scope="col">Ce qu’il dit</th><th scope="col">Règle</th></tr></thead><tbody>
${[...types]
  .sort((a, b) => a.status - b.status || a.code.localeCompare(b.code))
  .map(
    ({ code, status, detail, rule }) =>
      `<tr><td><a href="/problems/${inHtml(code)}"><code>${inHtml(code)}</code></a></td><td>${status}</td><td>${inFrench(detail)}</td><td>${inHtml(rule ?? '')}</td></tr>`,
  )
  .join('\n')}
</tbody></table>
<p><a href="/docs">Documentation de l’API</a></p>`,
  );
