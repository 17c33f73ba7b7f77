import { inHtml } from '#application/documents/letter.js';

/** One page in French that needs nothing from elsewhere: no script, no picture, no font. */
export const pageFrame = (title: string, body: string): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${inHtml(title)}</title>
<style>
*{box-sizing:border-box}
body{font:1.125rem/1.5 system-ui,sans-serif;color:#111;background:#fff;margin:0;overflow-wrap:anywhere}
main{max-width:38rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.25}
h2{font-size:1.2rem;margin-top:2rem}
ul{padding-left:1.25rem}
label{display:block;font-weight:600;margin-top:1rem}
textarea{display:block;width:100%;font:inherit;padding:.5rem;border:2px solid #444;border-radius:4px}
button{font:inherit;font-weight:600;margin-top:1rem;min-height:2.75rem;padding:.5rem 1.25rem;color:#fff;background:#0b3d91;border:2px solid #0b3d91;border-radius:4px;cursor:pointer}
:focus-visible{outline:3px solid #b35900;outline-offset:3px}
.said{border-left:6px solid #0b3d91;padding:.25rem 1rem;background:#eef3fb}
.note{color:#444}
@media print{form{display:none}.said{background:#fff}main{padding:0;max-width:none}}
</style>
</head>
<body>
<main>
<h1>${inHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;

export const paragraph = (words: string): string => `<p>${inHtml(words)}</p>`;
export const said = (...words: readonly string[]): string =>
  `<div class="said" role="status">\n${words.map(paragraph).join('\n')}\n</div>`;
export const heading = (words: string): string => `<h2>${inHtml(words)}</h2>`;
export const items = (all: readonly string[]): string =>
  `<ul>\n${all.map((one) => `<li>${inHtml(one)}</li>`).join('\n')}\n</ul>`;
