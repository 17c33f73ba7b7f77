import { type AccessPurpose, accessPurposes } from '#domain/access/events.js';
import { digits, OneOf, Pattern, Text, Whole } from './fields.js';

/** Parameters that most lists share. */

export const Limit = (): PropertyDecorator =>
  Whole(1, 200, { doc: 'How many items; 50 when left out.', optional: true, example: 50 }, digits(4));

export const Cursor = (): PropertyDecorator =>
  Text(1000, { doc: '`next` of the page before, with the same filters and order.', optional: true });

export const Sort = (...fields: readonly string[]): PropertyDecorator =>
  OneOf(
    fields.flatMap((field) => [field, `-${field}`]),
    { doc: 'Order; `-` for descending.', optional: true },
  );

const POSITION = /^\d{1,20}$/;
export const WaitFor = (): PropertyDecorator =>
  Pattern(POSITION, 'la position d’un reçu', {
    doc: 'A position from a receipt: waits until the answer is true up to it, five seconds at most.',
    optional: true,
  });

export const purposes = accessPurposes;
export type Purpose = AccessPurpose;
export const PurposeOf = (optional: boolean): PropertyDecorator =>
  OneOf(purposes, { doc: 'Why the file is read; recorded (charter 4.2).', optional });

/** `true` or `false` in a query. */
export const QueryFlag = (doc: string): PropertyDecorator => OneOf(['true', 'false'], { doc, optional: true });
