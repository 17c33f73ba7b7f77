import { createHash, randomBytes } from 'node:crypto';

/** Where links for members lead: an address of the association's own, and how long one works. */
export interface MemberLinks {
  /** `https://appui.exemple.org`, without a slash at the end. */
  readonly publicUrl: string;
  readonly days: number;
}

/** 256 random bits. They leave in one letter and are kept nowhere. */
export const newLinkToken = (): string => randomBytes(32).toString('base64url');
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** Tells a token from what was cut off or typed wrongly, without looking it up. */
export const isLinkToken = (text: string): boolean => SHAPE.test(text);

/** What is stored of a token: it is random and long, so a plain digest needs no salt and no stretching. */
export const linkDigestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export const linkAddress = ({ publicUrl }: MemberLinks, token: string): string => `${publicUrl}/m/${token}`;
