/** A letter as data: the same blocks make the page and the plain text. Everything in it is text, nothing is markup. */
export interface Letter {
  readonly title: string;
  readonly blocks: readonly LetterBlock[];
}

export type LetterBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

export const text = (words: string): LetterBlock => ({ kind: 'text', text: words });
export const heading = (words: string): LetterBlock => ({ kind: 'heading', text: words });
export const link = (words: string, url: string): LetterBlock => ({ kind: 'link', text: words, url });
export const list = (items: readonly string[]): LetterBlock => ({ kind: 'list', items });

/** Plain text, one paragraph a line, for a message or a word processor. */
export function letterText({ title, blocks }: Letter): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case 'heading':
        return block.text.toUpperCase();
      case 'list':
        return block.items.map((one) => `- ${one}`).join('\n');
      case 'link':
        return `${block.text} :\n${block.url}`;
      default:
        return block.text;
    }
  });
  return `${[title, ...parts].join('\n\n')}\n`;
}

export function letterHtml({ title, blocks }: Letter): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case 'heading':
        return `<h2>${inFrench(block.text)}</h2>`;
      case 'list':
        return listHtml(block.items);
      case 'link':
        return `<p><a href="${inHtml(block.url)}">${inFrench(block.text)}</a></p>`;
      default:
        return `<p>${inFrench(block.text).replaceAll('\n', '<br>')}</p>`;
    }
  });
  return htmlPage(title, `<h1>${inFrench(title)}</h1>\n${parts.join('\n')}`);
}

/** Lines to tick have their box in place of the list's mark. */
function listHtml(items: readonly string[]): string {
  const ticked = items.every((one) => one.startsWith('☐')) ? ' class="ticked"' : '';
  return `<ul${ticked}>\n${items.map((one) => `<li>${inFrench(one)}</li>`).join('\n')}\n</ul>`;
}

/** Any text, safe between tags and in quoted attributes. */
export const inHtml = (words: string): string => words.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** French words, safe between tags: signs and hours stay on the line of what they belong to, as French is set. */
export const inFrench = (words: string): string =>
  inHtml(words.replace(/ (?=[:;?!»])|(?<=«) |(?<=\d) (?=h\b)|(?<=\d h) (?=\d)/g, '\u00a0'));

/** One page that needs nothing from elsewhere, for reading and printing on A4. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inHtml(title)}</title>
<style>
@page{size:A4;margin:2cm}
body{font:12pt/1.45 serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff;overflow-wrap:break-word}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}
table{border-collapse:collapse;width:100%;margin:0 0 1rem}
th,td{border:1px solid #666;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{width:34%}.lines th{width:auto}
ul.ticked{list-style:none;padding-left:1rem}
.note{border-left:4px solid #666;padding:.2rem .8rem}
section{break-inside:avoid-page}
@media print{body{margin:0;max-width:none;padding:0}}
</style>
</head>
<body>
${body}
</body>
</html>
`;
