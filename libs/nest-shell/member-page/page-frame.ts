import { inFrench, inHtml } from '#application/documents/letter.js';

/**
 * One page in French that needs nothing from elsewhere: no script, no picture, no font.
 * @param association whose page it is, above everything else
 */
export const pageFrame = (title: string, body: string, association: string | undefined): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="data:,">
<title>${inFrench(title)}</title>
<style>
:root{color-scheme:light}
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
.whole{white-space:nowrap}
a{display:inline-block;min-height:1.75rem;color:#0b3d91}
@media print{.screen{display:none}.said{background:#fff}main{padding:0;max-width:none}a{color:#111;text-decoration:none}}
</style>
</head>
<body>
<main>${association === undefined ? '' : `\n<p class="note">${inFrench(association)}</p>`}
<h1>${inFrench(title)}</h1>
${body}
</main>
</body>
</html>
`;

export const paragraph = (words: string): string => `<p>${inFrench(words)}</p>`;
export const said = (...words: readonly string[]): string =>
  `<div class="said" role="status">\n${words.map(paragraph).join('\n')}\n</div>`;
export const heading = (words: string): string => `<h2>${inFrench(words)}</h2>`;

/** What was asked and what was answered: the answer is what one has to see. */
export const answers = (lines: readonly string[]): string =>
  `<ul>\n${lines.map((one) => `<li>${inFrench(one).replace(/(oui|non)$/, '<strong>$1</strong>')}</li>`).join('\n')}\n</ul>`;

/** Something to read out or to copy, in one piece and without a full stop that might belong to it. */
export const reference = (words: string, id: string): string =>
  `<p>${inFrench(`${words} :`)} <strong class="whole">${inHtml(id)}</strong></p>`;

/** The words before it, then a number that a telephone dials when it is touched. */
export const call = (before: string, number: string): string =>
  `<p>${inFrench(before)} <a class="whole" href="tel:${inHtml(number.replace(/[^+\d]/g, ''))}">${inHtml(number)}</a></p>`;

/** What a printed page has no use for. */
export const onScreen = (...parts: readonly string[]): string => `<div class="screen">\n${parts.join('\n')}\n</div>`;
