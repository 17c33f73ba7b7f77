import type { Cast, Person } from './cast.js';
import type { Client, Json } from './http-client.js';
import { parisTime } from './paris.js';

export interface YearSession {
  readonly member: Person;
  /** `2026-06-02` and `10:00`. */
  readonly day: string;
  readonly hour: number;
  /** Connected minutes: beyond sixty the rule of article 7.2 is broken. */
  readonly minutes: number;
  /** A risky act was done before anybody asked about a backup (2.3). */
  readonly risky: boolean;
  readonly charterVersionId: string;
}

/**
 * One session from the request to the closed journal.
 * @returns undefined when the appointment was refused: a holiday
 */
export async function yearSession(admin: Client, cast: Cast, given: YearSession): Promise<string | undefined> {
  const { member, day, hour, minutes, risky, charterVersionId } = given;
  const { lead, technician } = cast;
  const at = (offset: number) => {
    const total = hour * 60 + offset;
    return parisTime(day, `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`);
  };
  const asked = { memberId: member.id, problem: 'Un réglage.', channel: 'phone', commercialUse: false };
  const requestId = String((await technician.api.post('/requests', { ...asked, confidentialDataPresent: false })).id);
  const triage = { serviceCategories: ['settings', 'performance'], scope: 'Réglages.' };
  await lead.api.post(`/requests/${requestId}/qualification`, triage);
  const slot = { technicianId: technician.id, startsAt: at(0), endsAt: at(60) };
  const booked = await lead.api.send('POST', `/requests/${requestId}/appointments`, slot);
  if (booked.status === 409) return undefined;
  const sessionId = String(booked.body.id);
  const step = (path: string, body: Json = {}) => technician.api.post(`/sessions/${sessionId}/${path}`, body);
  await admin.put('/simulation/clock', { to: at(0) });
  await step('consent', {
    charterVersionId,
    mode: 'written',
    readAndAccepted: true,
    statements: { backup: true, authorise: true, bestEfforts: true, eightDays: false },
    signatureMethod: 'email',
    signerName: member.name,
    evidenceRef: `courriel-${day}-${hour}`,
  });
  await step('start', {
    technicianId: technician.id,
    toolName: 'RealVNC',
    linkEncrypted: true,
    memberPresent: true,
    connectivityCheck: true,
    toolReady: true,
    problem: 'Un réglage.',
  });
  await step('state-before', { observed: true, state: 'Comme décrit.' });
  const act = { category: 'settings', riskClass: risky ? 'registry-cleaning' : 'none', description: 'Réglage fait.' };
  await step('actions', { ...act, alreadyDone: true });
  await admin.put('/simulation/clock', { to: at(minutes) });
  await step('end');
  await step('state-after', { observed: true, state: 'Fonctionne.' });
  await step('recommendations', { none: true });
  await step('close', { outcome: 'resolved' });
  return sessionId;
}
