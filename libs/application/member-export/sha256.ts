import { createHash } from 'node:crypto';

/** Of an export's text: SHA-256 of its UTF-8 bytes, lower-case hexadecimal. */
export const sha256OfExport = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
