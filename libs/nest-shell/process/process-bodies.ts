import { type ProcessName, processNames, type SkipReason, skipReasons } from '#domain/process/codes.js';
import type { Role } from '#domain/shared/facts.js';
import { OneOf } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';

const states = ['waiting', 'parked', 'ended'] as const;
export class ProcessesQuery extends PageQuery {
  @OneOf(states, { doc: '`parked`: stuck, and waiting for a person.', optional: true })
  declare readonly state?: (typeof states)[number];
  @OneOf(processNames, { doc: 'Only of this process.', optional: true }) declare readonly process?: ProcessName;
}

const reminded = ['Director', 'President', 'SupportLead', 'Technician'] as const satisfies readonly Role[];
export class RemindersQuery extends PageQuery {
  @OneOf(reminded, { doc: 'One of the caller’s own roles.' }) declare readonly role: (typeof reminded)[number];
}

export class SkipStepBody {
  @OneOf(skipReasons, { doc: 'Why it is not done.' }) declare readonly reason: SkipReason;
}
