import { incident } from '#domain/incident/incident.js';
import type { IncidentCase } from '#domain/incident/state.js';
import type { Step } from './step.js';

/** Both, whoever holds which office today: the hours run also while one of them is away or was not replaced. */
const DECIDERS = ['Director', 'President'] as const;

const remindWhile =
  (owed: (one: IncidentCase) => boolean): Step =>
  async ({ temoin, one }) => {
    const state = await temoin.reader.state(incident, one.about.incidentId ?? '');
    return state !== undefined && owed(state) ? { done: 'reminder', to: DECIDERS } : { done: 'not-needed' };
  };

/** The authority has to be told, unless the risk was found unlikely (GDPR 33(1)). */
export const remindNotification: Step = remindWhile(
  ({ closed, risk, notifications }) => !closed && risk !== 'unlikely' && notifications.length === 0,
);

/** The persons have to be told where the risk is high, or the exemption named (GDPR 34). */
export const remindPersons: Step = remindWhile(
  ({ closed, risk, notices, exempt }) => !closed && risk === 'high' && notices.length === 0 && !exempt,
);
