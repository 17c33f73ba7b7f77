import * as access from '#domain/access/refusals.js';
import * as association from '#domain/association/refusals.js';
import * as calendar from '#domain/calendar/refusals.js';
import * as charter from '#domain/charter/refusals.js';
import * as complaint from '#domain/complaint/refusals.js';
import * as settlement from '#domain/complaint/refusals-settlement.js';
import * as custody from '#domain/custody/refusals.js';
import * as incident from '#domain/incident/refusals.js';
import * as letter from '#domain/letter/refusals.js';
import * as lint from '#domain/lint/lint-fields.js';
import * as member from '#domain/member/refusals.js';
import * as process from '#domain/process/refusals.js';
import * as request from '#domain/request/refusals.js';
import * as appointment from '#domain/request/refusals-appointment.js';
import * as retention from '#domain/retention/refusals.js';
import * as rights from '#domain/rights/refusals.js';
import * as consent from '#domain/session/refusals-consent.js';
import * as contest from '#domain/session/refusals-contest.js';
import * as course from '#domain/session/refusals-course.js';
import * as journal from '#domain/session/refusals-journal.js';
import * as report from '#domain/session/refusals-report.js';
import * as security from '#domain/session/refusals-security.js';
import * as shared from '#domain/shared/refusals.js';
import * as service from '#domain/shared/service-refusals.js';
import * as strikeOut from '#domain/shared/strike-out-refusals.js';
import * as staff from '#domain/staff/refusals.js';
import * as subscriber from '#domain/subscriber/refusals.js';
import * as token from '#domain/token/refusals.js';
import type { Refusal, RefusalDefinition } from '#kernel/refusal.js';

const modules: readonly object[] = [
  access,
  association,
  calendar,
  charter,
  complaint,
  settlement,
  custody,
  incident,
  letter,
  lint,
  member,
  process,
  request,
  appointment,
  retention,
  rights,
  consent,
  contest,
  course,
  journal,
  report,
  security,
  strikeOut,
  shared,
  service,
  staff,
  subscriber,
  token,
];

export const isDeclaration = (value: unknown): value is RefusalDefinition<string, unknown> =>
  typeof value === 'function' && 'code' in value && 'kind' in value && 'title' in value;

/** Every refusal that the domain declares. A test finds the ones that are not in this list. */
export const refusalDefinitions = (): readonly RefusalDefinition<string, unknown>[] =>
  modules.flatMap((module) => Object.values(module).filter(isDeclaration));

/** A refusal's words with « … » where an occurrence has a fact of its own; absent where they cannot be told without it. */
export function generalWords(
  definition: RefusalDefinition<string, unknown>,
): Partial<Pick<Refusal, 'detail' | 'next'>> {
  try {
    const { detail, next } = definition(anything);
    return {
      ...(`${detail}` === '…' ? {} : { detail: `${detail}` }),
      ...(`${next}` === '…' ? {} : { next: `${next}` }),
    };
  } catch {
    return {};
  }
}

/** Stands for any fact: every part of it, and every answer it gives, reads « … ». */
const anything: unknown = new Proxy(() => undefined, {
  get: (_target, name) => (name === Symbol.toPrimitive || name === 'toString' ? () => '…' : anything),
  apply: () => anything,
});
