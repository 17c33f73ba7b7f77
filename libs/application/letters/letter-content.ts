import type { Letter, LetterBlock } from '../documents/letter.js';

/** A letter’s words as they are sealed: without the addressee, whose name and address are read when it leaves. */
export const contentOf = ({ title, blocks }: Letter): string => JSON.stringify({ title, blocks });

/** @throws TypeError for what is no content of a letter */
export function letterIn(content: string): Letter {
  const read = JSON.parse(content) as { readonly title?: unknown; readonly blocks?: unknown };
  if (typeof read.title !== 'string' || !Array.isArray(read.blocks) || !read.blocks.every(isBlock))
    throw new TypeError('no content of a letter');
  return { title: read.title, blocks: read.blocks };
}

function isBlock(value: unknown): value is LetterBlock {
  const { kind, text, items } = value as { readonly kind?: unknown; readonly text?: unknown; readonly items?: unknown };
  return kind === 'list' ? Array.isArray(items) : (kind === 'text' || kind === 'heading') && typeof text === 'string';
}
