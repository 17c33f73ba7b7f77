import { createHash } from 'node:crypto';
import { type PaperKind, paperReference, paperVersions } from '#domain/letter/papers.js';
import { type Letter, letterHtml, letterText, text } from '../documents/letter.js';

/** A paper in both forms, with the digest that both print. */
export interface Paper {
  readonly paper: PaperKind;
  readonly version: number;
  /** The version of the charter that its words were taken from; absent where it quotes none. */
  readonly charterVersionId?: string;
  readonly title: string;
  /** SHA-256 of the plain text above its last line, in UTF-8. */
  readonly sha256: string;
  readonly html: string;
  readonly text: string;
}

/** A place to write by hand. */
export const BLANK = '______________________________';

/** Renders a paper, its last line being which model it is, which charter it quotes, and the digest of all above it. */
export function paper(kind: PaperKind, letter: Letter, charterVersionId?: string): Paper {
  const sha256 = createHash('sha256').update(letterText(letter), 'utf8').digest('hex');
  const quoted = charterVersionId === undefined ? '' : ` Charte ${charterVersionId}.`;
  const last = text(`Modèle ${paperReference(kind)}.${quoted} Empreinte du texte ci-dessus (SHA-256) : ${sha256}`);
  const whole = { ...letter, blocks: [...letter.blocks, last] };
  return {
    paper: kind,
    version: paperVersions[kind],
    ...(charterVersionId === undefined ? {} : { charterVersionId }),
    title: letter.title,
    sha256,
    html: letterHtml(whole),
    text: letterText(whole),
  };
}
