import type { Cast, Person } from './cast.js';
import type { Json } from './http-client.js';
import type { Stage } from './stage.js';

export interface ShortSession {
  readonly requestId: string;
  readonly charterVersionId: string;
  /** `10:00`, on the hour; it lasts twenty minutes. */
  readonly from: string;
  readonly problem: string;
  readonly diagnosis: string;
  readonly action: string;
}

/** One session from the appointment to the closed journal, without detours. @returns its reference */
export async function shortSession(stage: Stage, cast: Cast, member: Person, given: ShortSession): Promise<string> {
  const { lead, technician } = cast;
  const hour = given.from.slice(0, 2);
  const booked = await lead.api.post(`/requests/${given.requestId}/appointments`, {
    technicianId: technician.id,
    startsAt: stage.at(given.from),
    endsAt: stage.at(`${hour}:45`),
  });
  const sessionId = String(booked.id);
  const step = (path: string, body: Json = {}) => technician.api.post(`/sessions/${sessionId}/${path}`, body);
  await stage.clockTo(given.from);
  await step('consent', {
    charterVersionId: given.charterVersionId,
    mode: 'written',
    readAndAccepted: true,
    statements: { backup: true, authorise: true, bestEfforts: true, eightDays: false },
    signatureMethod: 'email',
    signerName: member.name,
    evidenceRef: `courriel-${hour}`,
  });
  await step('start', {
    technicianId: technician.id,
    toolName: 'RealVNC',
    linkEncrypted: true,
    memberPresent: true,
    connectivityCheck: true,
    toolReady: true,
    problem: given.problem,
  });
  await step('state-before', { observed: true, state: 'Comme décrit par l’adhérente.' });
  await step('diagnoses', { text: given.diagnosis });
  await step('actions', { category: 'settings', riskClass: 'none', description: given.action });
  await stage.clockTo(`${hour}:20`);
  await step('end');
  await step('state-after', { observed: true, state: 'Fonctionne de nouveau.' });
  await step('recommendations', { none: true });
  stage.done(`Intervention de ${hour} h, journal clos`, await step('close', { outcome: 'resolved' }));
  return sessionId;
}
