import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ID_PATTERN } from '../fields/fields.js';
import { readBody } from '../fields/read-body.js';
import { STREAM } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { isPoisoned } from './json-body.js';

const reference = new RegExp(ID_PATTERN);
const stream = new RegExp(STREAM);
type BodyClass = new () => object;

/** Every body, query and path passes here: typed and checked, or refused with pointers. */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    if (type === 'param') return this.path(value, data ?? '');
    const known = metatype as BodyClass | undefined;
    if (known === undefined || (known as unknown) === Object)
      throw new TypeError(`No class for the ${type} of a request`);
    if (type === 'body') return readBody(known, value ?? {});
    if (isPoisoned(value))
      throw fault('malformed-request', { errors: [{ pointer: '/query', detail: 'Nom de paramètre refusé.' }] });
    return readBody(known, value, { code: 'malformed-request', above: '/query' });
  }

  /** A reference of the wrong form names nothing. */
  private path(value: unknown, name: string): string {
    if (typeof value !== 'string' || !(name === 'stream' ? stream : reference).test(value)) throw fault('not-found');
    return value;
  }
}
