import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { holdOn } from '../custody/state.js';
import { clockRule } from '../deadlines/clocks.js';
import { deadline } from '../deadlines/deadline.js';
import { lintFields } from '../lint/lint-fields.js';
import { hasAnyRole } from '../shared/facts.js';
import type { DecideRightsRequest, ExtendRightsRequest, GridLine } from './commands.js';
import {
  type RightsDecision,
  RightsDecisionMade,
  RightsDecisionPartMade,
  type RightsEvent,
  RightsRequestExtended,
} from './events.js';
import type { RightsFacts } from './facts.js';
import { type GridLines, keptTogether, NO_LINES, partsOf } from './grid-parts.js';
import {
  decidedAlready,
  decisionNeedsDirector,
  decisionNeedsPresident,
  extensionTooLate,
  gridIncomplete,
  heldCellErased,
  identityNotChecked,
  reasonsMissing,
  runningCellErased,
} from './refusals.js';
import type { RightsCase } from './state.js';

type Decision = readonly RightsEvent[] | Refusal;

/** In which capacity the actor decides; a refusal when in none. The Director never decides on the Director (A12). */
function capacity(state: RightsCase, facts: RightsFacts): 'director' | 'delegate' | 'president' | Refusal {
  if (hasAnyRole(facts.actor, 'President')) return 'president';
  if (state.concernsDirector) return decisionNeedsPresident();
  if (hasAnyRole(facts.actor, 'Director')) return 'director';
  return facts.isDelegate ? 'delegate' : decisionNeedsDirector();
}

/** Two more months, when told within the first month and once (GDPR 12(3)). */
export function extend(command: ExtendRightsRequest, state: RightsCase, facts: RightsFacts): Decision {
  const as = capacity(state, facts);
  if (typeof as !== 'string') return as;
  if (state.decision !== undefined) return decidedAlready();
  if (state.extended || isLate(state, facts)) return extensionTooLate();
  const { refusal } = lintFields({ '/reasons': command.reasons });
  if (refusal) return refusal;
  const rule = clockRule('rights-answer-extended', facts.parameters);
  const { lastDay } = deadline(rule, state.receivedAt, facts.calendar);
  if (lastDay === undefined) throw new TypeError('a clock in months has a last day');
  const { rightsId, memberId } = state;
  return [
    event(RightsRequestExtended, {
      rightsId,
      memberId,
      extendedAt: facts.now,
      reasons: command.reasons,
      dueOn: lastDay,
    }),
  ];
}

export function decideCase(command: DecideRightsRequest, state: RightsCase, facts: RightsFacts): Decision {
  const as = capacity(state, facts);
  if (typeof as !== 'string') return as;
  if (state.decision !== undefined) return decidedAlready();
  const grid = state.kind === 'erasure' ? checkGrid(command.grid ?? [], facts) : NO_LINES;
  if ('refused' in grid) return grid;
  const decision = state.kind === 'erasure' ? decisionOf(grid) : (command.decision ?? 'granted');
  // Refusing needs no identity: doubt about it may be the very ground.
  if (!state.identityChecked && decision !== 'refused') return identityNotChecked();

  const grounds = [...new Set([...command.grounds, ...grid.keep.map((line) => line.ground)])];
  if (decision !== 'granted' && (grounds.length === 0 || command.reasons === undefined)) return reasonsMissing();
  const { refusal } = lintFields({ '/reasons': command.reasons });
  if (refusal) return refusal;
  const { rightsId, memberId } = state;
  const [first = NO_LINES, ...more] = partsOf(grid, facts.mostLines);
  return [
    ...more.map(({ erase, keep }, index) => {
      const lines = { erase, keep: keptTogether(keep) };
      return event(RightsDecisionPartMade, { rightsId, memberId, part: index + 2, ...lines, decidedAt: facts.now });
    }),
    event(RightsDecisionMade, {
      rightsId,
      memberId,
      decision,
      grounds,
      ...(command.reasons === undefined ? {} : { reasons: command.reasons }),
      ...first,
      decidedAs: as,
      decidedAt: facts.now,
      late: isLate(state, facts),
    }),
  ];
}

const isLate = (state: RightsCase, facts: RightsFacts): boolean =>
  facts.calendar.civilTime.toLocal(facts.now).date > state.dueOn;

/** Every living cell once, no other; nothing held is erased. A member may have thousands. */
function checkGrid(lines: readonly GridLine[], facts: RightsFacts): GridLines | Refusal {
  const cells = new Set(facts.cells);
  const named = new Set<string>();
  const wrong = lines.flatMap((line, index) => {
    if (!cells.has(line.cell)) return [{ pointer: `/grid/${index}`, detail: 'donnée inconnue' }];
    if (named.has(line.cell)) return [{ pointer: `/grid/${index}`, detail: 'ligne en double' }];
    named.add(line.cell);
    return [];
  });
  const missing = facts.cells.filter((cell) => !named.has(cell));
  if (missing.length > 0) wrong.push({ pointer: '/grid', detail: `${missing.length} donnée(s) sans décision` });
  if (wrong.length > 0) return gridIncomplete(undefined, wrong);

  const held = lines.flatMap((line, index) =>
    line.decision === 'erase' && holdOn(facts.custody, line.cell)
      ? [{ pointer: `/grid/${index}`, detail: 'donnée gelée' }]
      : [],
  );
  if (held.length > 0) return heldCellErased(undefined, held);
  const running = lines.flatMap((line, index) =>
    line.decision === 'erase' && facts.runningCells.includes(line.cell)
      ? [{ pointer: `/grid/${index}`, detail: 'intervention en cours' }]
      : [],
  );
  if (running.length > 0) return runningCellErased(undefined, running);
  return {
    erase: lines.flatMap((line) => (line.decision === 'erase' ? [line.cell] : [])),
    keep: lines.flatMap((line) => {
      if (line.decision === 'erase') return [];
      const { cell, ground, until } = line;
      return [{ cell, ground, ...(until === undefined ? {} : { until }) }];
    }),
  };
}

const decisionOf = ({ erase, keep }: GridLines): RightsDecision => {
  if (keep.length === 0) return 'granted';
  return erase.length === 0 ? 'refused' : 'partly';
};
