import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import type { LocalDate } from '#kernel/time.js';
import { plusDays } from './local-day.js';
import { atHour, type CaseMove, end, type Moved, schedule, without } from './process-case.js';

const MORNING = 9;
/** Before the member’s year for turning to the mediator is over. */
const CLOSING_DAYS = 30;

/**
 * Where consumer mediation applies: who decides is reminded that the way to the mediator is open, that it closes, and after
 * a referral to ask what the mediator said. Without the clocks in the events there is nothing to remind of.
 */
export function mediationCases(event: SealedComplaintEvent): readonly Moved[] {
  const { complaintId, memberId } = event.data;
  const lastDay = (code: string): LocalDate | undefined =>
    'clocks' in event.data ? event.data.clocks?.find(({ clock }) => clock === code)?.lastDay : undefined;
  const morning = (step: string, day: LocalDate | undefined, days: number) =>
    day === undefined ? [] : [{ step, dueAt: atHour(plusDays(day, days), MORNING) }];
  const moved = (move: CaseMove): readonly Moved[] => [{ process: 'mediation', caseId: complaintId, move }];
  const scheduled = (steps: Parameters<typeof schedule>[3]) =>
    steps.length === 0 ? [] : moved(schedule('mediation', complaintId, { complaintId, memberId }, steps));
  switch (event.type) {
    case 'ComplaintFiled':
      return scheduled([
        ...morning('open', lastDay('mediator-wait'), 1),
        ...morning('closing', lastDay('mediator-referral'), -CLOSING_DAYS),
      ]);
    case 'MediationReferred': {
      const { disclosureId } = event.data;
      const steps = [
        ...morning(`admissibility.${disclosureId}`, lastDay('mediator-admissibility'), 1),
        ...morning(`outcome.${disclosureId}`, lastDay('mediator-outcome'), 1),
      ];
      return steps.length === 0 ? moved(end) : scheduled(steps);
    }
    case 'SettlementAccepted':
    case 'ComplaintWithdrawn':
      return moved(end);
    case 'ComplaintClosed':
      // the final answer told the way and its days; a mediation that runs goes on
      return moved(beforeReferral);
    default:
      return [];
  }
}

const beforeReferral: CaseMove = (before) => without('closing')(without('open')(before));
