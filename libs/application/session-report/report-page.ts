import { inHtml, type Letter } from '../documents/letter.js';

/**
 * The page of a session report. Its digest is recorded when the report is given out, and compared for as long as the
 * journal lasts: every character here is a storage format, which is why letters have a page of their own. A new look is a
 * second function, tried where the first one's digest is not the recorded one.
 */
export const reportPage = ({ title, blocks }: Letter): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inHtml(title)}</title>
<style>
@page{size:A4;margin:2cm}
body{font:12pt/1.45 serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}
table{border-collapse:collapse;width:100%;margin:0 0 1rem}
th,td{border:1px solid #666;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{width:34%}.lines th{width:auto}
.note{border-left:4px solid #666;padding:.2rem .8rem}
section{break-inside:avoid-page}
@media print{body{margin:0;max-width:none;padding:0}}
</style>
</head>
<body>
<h1>${inHtml(title)}</h1>
${blocks.map(blockHtml).join('\n')}
</body>
</html>
`;

function blockHtml(block: Letter['blocks'][number]): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${inHtml(block.text)}</h2>`;
    case 'list':
      return `<ul>\n${block.items.map((one) => `<li>${inHtml(one)}</li>`).join('\n')}\n</ul>`;
    case 'link':
      return `<p><a href="${inHtml(block.url)}">${inHtml(block.text)}</a></p>`;
    default:
      return `<p>${inHtml(block.text).replaceAll('\n', '<br>')}</p>`;
  }
}
