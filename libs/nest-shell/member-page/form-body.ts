import type { FastifyInstance } from 'fastify';
import { fault } from '../problems/problem-fault.js';

/** Longest remark that the page takes, in UTF-16 units, as its field says. */
export const REMARK_MAX = 2000;

/** What was written into the form: its remark as it may be stored, or that it is too long. */
export interface ContestForm {
  readonly remark: string | undefined;
  readonly tooLong: boolean;
}

/** Reads what a form without JavaScript sends; for the routes of one scope only, the API takes JSON alone. */
export function takeForms(scope: FastifyInstance, bodyLimit: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    /^application\/x-www-form-urlencoded\b/,
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  scope.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(fault('unsupported-media-type'));
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a form sends carriage returns, and pasted text may hold others
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

export function contestForm(body: unknown): ContestForm {
  const written = body instanceof URLSearchParams ? (body.get('remark') ?? '') : '';
  const remark = written.replaceAll('\r\n', '\n').replace(CONTROL, '').trim();
  if (remark === '') return { remark: undefined, tooLong: false };
  return remark.length > REMARK_MAX ? { remark: undefined, tooLong: true } : { remark, tooLong: false };
}
