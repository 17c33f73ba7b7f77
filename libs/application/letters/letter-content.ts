import type { LetterBlock } from '../documents/letter.js';

/**
 * What is sealed of a letter. `not-exact` becomes words when the letter leaves: a link where it leaves by mail, the
 * telephone number and the reference on paper (A2).
 */
export type ContentBlock = LetterBlock | { readonly kind: 'not-exact' };
export interface LetterContent {
  readonly title: string;
  readonly blocks: readonly ContentBlock[];
  /** It says that something is enclosed, which a person has to put in: mail does not take it. */
  readonly enclosed?: true;
}

/** A letter’s words as they are sealed: without the addressee, whose name and address are read when it leaves. */
export const contentOf = ({ title, blocks, enclosed }: LetterContent): string =>
  JSON.stringify({ title, blocks, ...(enclosed === true ? { enclosed } : {}) });

/** @throws TypeError for what is no content of a letter */
export function letterIn(content: string): LetterContent {
  const read = JSON.parse(content) as {
    readonly title?: unknown;
    readonly blocks?: unknown;
    readonly enclosed?: unknown;
  };
  if (typeof read.title !== 'string' || !Array.isArray(read.blocks) || !read.blocks.every(isBlock))
    throw new TypeError('no content of a letter');
  return { title: read.title, blocks: read.blocks, ...(read.enclosed === true ? { enclosed: true } : {}) };
}

function isBlock(value: unknown): value is ContentBlock {
  const { kind, text, items } = value as { readonly kind?: unknown; readonly text?: unknown; readonly items?: unknown };
  if (kind === 'not-exact') return true;
  return kind === 'list' ? Array.isArray(items) : (kind === 'text' || kind === 'heading') && typeof text === 'string';
}
