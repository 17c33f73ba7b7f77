import type { IncidentCommand } from '#domain/incident/commands.js';
import { session } from '#domain/session/session.js';
import { isUnderWay } from '#domain/session/state.js';
import { type Step, StepFault } from './step.js';

/** Told at once to the support lead, and to whoever has the computer in hand. */
export const alertContest: Step = async ({ temoin, one }) => {
  const state = await temoin.reader.state(session, one.about.sessionId ?? '');
  if (state.contest?.open !== true) return { done: 'not-needed' };
  return { done: 'reminder', to: isUnderWay(state) ? ['SupportLead', 'Technician'] : ['SupportLead'] };
};

const ANSWERS = { yes: 'oui', unknown: 'ne sait pas' } as const;

/**
 * Data may have been touched: the breach is entered in the register, once, whatever is answered later. Its words name nobody;
 * the reason given stays in the journal of the session, under the member's own keys.
 */
export const openIncident: Step = async ({ temoin, one, commandId }) => {
  const { sessionId, since: awareAt } = one.about;
  if (sessionId === undefined || awareAt === undefined) throw new StepFault('no-such-session');
  const { breachTriage: answer } = await temoin.reader.state(session, sessionId);
  if (answer !== 'yes' && answer !== 'unknown') return { done: 'not-needed' };
  const id = commandId('incident');
  const incidentId = temoin.ids.newId(id, 'incident');
  const command: IncidentCommand = {
    type: 'RecordIncident',
    incidentId,
    awareAt,
    kinds: ['confidentiality'],
    nature: `Intervention ${sessionId} arrêtée pour un problème de sécurité (charte, article 7.3 b). Des données ont-elles pu être touchées ? Réponse : ${ANSWERS[answer]}. Le motif est dans le journal de l’intervention. Ouvert par le suivi automatique : à compléter.`,
    sessionIds: [sessionId],
    memberIds: [],
  };
  const outcome = await temoin.execute({
    commandId: id,
    actor: 'system',
    actorRoles: [],
    correlationId: temoin.ids.correlationId(one.caseId),
    stream: `incident-${incidentId}`,
    command,
  });
  if (outcome.outcome === 'accepted') return { done: 'command' };
  throw new StepFault(outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome);
};
