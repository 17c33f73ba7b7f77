import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '#testing/shared-data.js';
import type { Slice } from './slice.js';

/** References of what a story has made so far, ready for addresses. */
export interface Story {
  readonly charterVersionId: string;
  readonly technicianId: string;
  readonly memberId: string;
  readonly requestId: string;
  /** Booked and consented to; started when `running`. */
  readonly sessionId: string;
}

export const PROBLEM = 'L’imprimante n’imprime plus.';

/** A charter, a technician, a member, a request, an appointment at 10:00 in Paris, consent, and a session under way. */
export async function tellStory(slice: Slice): Promise<Story> {
  const story = await prepareStory(slice, await publishCharter(slice));
  await beginStory(slice, story);
  return story;
}

/** The appointment's time comes, and the session starts. */
export async function beginStory(slice: Slice, story: Story): Promise<void> {
  slice.moveTo('2026-06-02T08:01:00.000Z');
  await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/start`, startBody(story));
}

/** The same up to the consent: before the appointment's time. */
export async function prepareStory(slice: Slice, charterVersionId: string): Promise<Story> {
  const post = async (as: Parameters<Slice['ok']>[0], path: string, body: object): Promise<string> =>
    String((await slice.ok(as, 'POST', path, body)).id);
  const technicianId = await post('Administrator', '/staff', { name: 'Théo Modèle (fictif)' });
  await post('Director', `/staff/${technicianId}/habilitation`, { from: '2026-01-01' });
  await post('Director', `/staff/${technicianId}/undertaking`, { signedOn: '2026-06-02', charterVersionId });
  const person = {
    membershipNumber: 'T-42',
    name: 'Ève Fictive',
    phone: '06 39 98 12 34',
    status: 'active',
    minor: false,
  };
  const memberId = await post('SupportLead', '/members', person);
  const asked = { memberId, problem: PROBLEM, channel: 'phone', commercialUse: false, confidentialDataPresent: false };
  const requestId = await post('Technician', '/requests', asked);
  const triage = { serviceCategories: ['diagnosis', 'settings'], scope: 'Imprimante et ses réglages.' };
  await post('SupportLead', `/requests/${requestId}/qualification`, triage);
  const slot = { technicianId, startsAt: '2026-06-02T10:00:00+02:00', endsAt: '2026-06-02T11:00:00+02:00' };
  const sessionId = await post('SupportLead', `/requests/${requestId}/appointments`, slot);
  const story = { charterVersionId, technicianId, memberId, requestId, sessionId };
  await post('Technician', `/sessions/${sessionId}/consent`, consentBody(story));
  return story;
}

export const consentBody = ({ charterVersionId }: Pick<Story, 'charterVersionId'>) => ({
  charterVersionId,
  mode: 'written',
  readAndAccepted: true,
  statements: { backup: true, authorise: true, bestEfforts: true, eightDays: false },
  signatureMethod: 'email',
  signerName: 'Ève Fictive',
  evidenceRef: 'courriel-1',
});

export const startBody = ({ technicianId }: Pick<Story, 'technicianId'>) => ({
  technicianId,
  toolName: 'RealVNC',
  linkEncrypted: true,
  memberPresent: true,
  connectivityCheck: true,
  toolReady: true,
  problem: PROBLEM,
});

/** Publishes the project's own example charter, accepting by name what its text leaves open. */
export async function publishCharter(slice: Slice): Promise<string> {
  const text = await readFile(join(projectFolder, 'infra', 'demo', 'charte-exemple.txt'), 'utf8');
  const body = { effectiveFrom: '2026-06-01', text };
  const first = await slice.send('POST', '/api/v1/charter/versions', body, { as: 'Director' });
  if (first.status === 201) return String(first.body.id);
  const acceptedMissing = (first.body.errors ?? []).map((one: { pointer: string }) => one.pointer.split('/').pop());
  return String((await slice.ok('Director', 'POST', '/charter/versions', { ...body, acceptedMissing })).id);
}
