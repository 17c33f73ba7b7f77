import type { Cast, Person } from './cast.js';
import type { Json } from './http-client.js';
import { shortSession } from './short-session.js';
import type { Stage } from './stage.js';

/** The session that is complained of: too long, and a risky act without an answer about the backup. @returns its reference */
export async function disputedSession(
  stage: Stage,
  { lead, technician }: Cast,
  member: Person,
  charterVersionId: string,
): Promise<string> {
  const asked = await technician.api.post('/requests', {
    memberId: member.id,
    problem: 'Ordinateur très lent.',
    channel: 'phone',
    commercialUse: false,
    confidentialDataPresent: false,
  });
  const requestId = String(asked.id);
  const triage = { serviceCategories: ['diagnosis', 'performance'], scope: 'Lenteur de l’ordinateur.' };
  await lead.api.post(`/requests/${requestId}/qualification`, triage);
  const slot = { technicianId: technician.id, startsAt: stage.at('10:00'), endsAt: stage.at('11:00') };
  const sessionId = String((await lead.api.post(`/requests/${requestId}/appointments`, slot)).id);
  const step = (path: string, body: Json = {}) => technician.api.post(`/sessions/${sessionId}/${path}`, body);
  await stage.clockTo('10:00');
  await step('consent', {
    charterVersionId,
    mode: 'written',
    readAndAccepted: true,
    statements: { backup: false, authorise: true, bestEfforts: true, eightDays: false },
    signatureMethod: 'email',
    signerName: member.name,
    evidenceRef: 'courriel-10',
  });
  await step('start', {
    technicianId: technician.id,
    toolName: 'RealVNC',
    linkEncrypted: true,
    memberPresent: true,
    connectivityCheck: true,
    toolReady: true,
    problem: 'Ordinateur très lent.',
  });
  await step('state-before', { observed: true, state: 'Disque presque plein, voyant d’alerte allumé.' });
  const risky = { category: 'performance', riskClass: 'registry-cleaning', description: 'Nettoyage du registre.' };
  const refusal = await technician.api.refused(`/sessions/${sessionId}/actions`, risky);
  stage.refused('Nettoyer le registre sans avoir demandé s’il y a une sauvegarde', refusal);
  stage.done(
    'C’était déjà fait : le fait est noté, avec son écart',
    await step('actions', { ...risky, alreadyDone: true }),
  );
  await stage.clockTo('11:20');
  stage.done('Fin à 11 h 20 : la durée est dépassée', await step('end'));
  await step('state-after', { observed: true, state: 'Plus rapide.' });
  await step('recommendations', { none: false, recommendations: ['Faire une sauvegarde.'] });
  stage.done('Journal clos', await step('close', { outcome: 'partly' }));
  return sessionId;
}

/** Another session of the same day, that nobody complains of. */
export async function otherSession(
  stage: Stage,
  cast: Cast,
  member: Person,
  charterVersionId: string,
): Promise<string> {
  const asked = await cast.technician.api.post('/requests', {
    memberId: member.id,
    problem: 'L’imprimante n’imprime plus.',
    channel: 'phone',
    commercialUse: false,
    confidentialDataPresent: false,
  });
  const requestId = String(asked.id);
  const triage = { serviceCategories: ['diagnosis', 'settings'], scope: 'Imprimante.' };
  await cast.lead.api.post(`/requests/${requestId}/qualification`, triage);
  return shortSession(stage, cast, member, {
    requestId,
    charterVersionId,
    from: '14:00',
    problem: 'L’imprimante n’imprime plus.',
    diagnosis: 'File d’impression bloquée.',
    action: 'File vidée.',
  });
}

/** An erasure asked for in the middle of the dispute: what is held stays, the rest goes, and the member is told. */
export async function eraseWhatIsFree(
  stage: Stage,
  { lead, director }: Cast,
  member: Person,
  now: string,
): Promise<readonly Json[]> {
  const received = await lead.api.post('/rights', {
    memberId: member.id,
    kind: 'erasure',
    channel: 'email',
    receivedAt: now,
    concernsDirector: false,
    details: 'Effacez tout.',
  });
  const at = `/rights/${received.id}`;
  await lead.api.post(`${at}/identity`, { method: 'membership-number' });
  const { lines } = (await director.api.get(`${at}/grid`)) as { readonly lines: readonly Json[] };
  const grid = lines.map(({ cell, suggestion }) => ({ cell, ...(suggestion as Json) }));
  const reasons = 'Ce qui est contesté reste gardé pendant le litige.';
  stage.done('Décision, ligne par ligne', await director.api.post(`${at}/decision`, { grounds: [], grid, reasons }));
  stage.done('Réponse partie', await lead.api.post(`${at}/answer`, { channel: 'email', sentAt: now }));
  return lines;
}
