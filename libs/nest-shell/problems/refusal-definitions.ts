import * as access from '#domain/access/refusals.js';
import * as calendar from '#domain/calendar/refusals.js';
import * as charter from '#domain/charter/refusals.js';
import * as lint from '#domain/lint/lint-fields.js';
import * as member from '#domain/member/refusals.js';
import * as request from '#domain/request/refusals.js';
import * as shared from '#domain/shared/refusals.js';
import * as staff from '#domain/staff/refusals.js';
import * as token from '#domain/token/refusals.js';
import type { RefusalKind } from '#kernel/refusal.js';

export interface DeclaredRefusal {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly rule: string | undefined;
  readonly title: string;
}

const isDeclaration = (value: unknown): value is DeclaredRefusal =>
  typeof value === 'function' && 'code' in value && 'kind' in value && 'title' in value;

/** Every refusal that the domain declares. A test finds the ones that are not in this list. */
export const refusalDefinitions = (): readonly DeclaredRefusal[] =>
  [access, calendar, charter, lint, member, request, shared, staff, token].flatMap((module: object) =>
    Object.values(module).filter(isDeclaration),
  );
