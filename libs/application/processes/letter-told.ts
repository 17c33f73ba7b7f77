import type { ComplaintCommand } from '#domain/complaint/commands.js';
import type { RequestCommand } from '#domain/request/commands.js';
import { type Step, StepFault } from './step.js';

type Channel = 'email' | 'post' | 'in-person';
const channels: readonly Channel[] = ['email', 'post', 'in-person'];

/** Writes down, where it belongs, that a letter left or was handed over: by mail or on paper, it is the same fact. */
export const recordTold: Step = async ({ temoin, one, step, commandId }) => {
  const { complaintId, requestId, sessionId, since } = one.about;
  const channel = channels.find((known) => step === `record.${known}`);
  if (channel === undefined || since === undefined) throw new StepFault('no-such-step');
  const given: { readonly stream: string; readonly command: ComplaintCommand | RequestCommand } | undefined =
    complaintId !== undefined
      ? {
          stream: `complaint-${complaintId}`,
          command: {
            type: 'AcknowledgeComplaint',
            complaintId,
            acknowledgedAt: since,
            channel,
            evidenceRef: one.caseId,
          },
        }
      : requestId !== undefined && sessionId !== undefined
        ? {
            stream: `request-${requestId}`,
            command: {
              type: 'AdvisePreparation',
              requestId,
              sessionId,
              channel: channel === 'post' ? 'paper' : channel,
              at: since,
            },
          }
        : undefined;
  if (given === undefined) throw new StepFault('no-such-letter');
  const outcome = await temoin.execute({
    commandId: commandId('told'),
    actor: 'system',
    actorRoles: [],
    ...given,
  });
  if (outcome.outcome === 'accepted') return { done: 'command' };
  // an appointment that was moved meanwhile, a complaint that has ended: there is nothing to write down any more
  if (outcome.outcome === 'refused') return { done: 'not-needed' };
  throw new StepFault(outcome.outcome);
};
