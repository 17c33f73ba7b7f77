import { randomUUID } from 'node:crypto';
import { type Client, type Json, problemOf } from '../demo/http-client.js';
import { plantComplaint } from './flow-complaints.js';
import { plantLetters } from './flow-letters.js';
import { plantRegisters } from './flow-registers.js';
import { type Post, plantRights, type Things } from './flow-rights.js';
import { plantSubscribers } from './flow-subscribers.js';
import type { Planter } from './planter.js';

/** Times of the flow, on one working day. */
const DAY = '2026-06-02';
export const FLOW_STARTS = `${DAY}T09:40:00+02:00`;
const at = (time: string) => `${DAY}T${time}:00+02:00`;

const ROLES = ['Administrator', 'Director', 'SupportLead', 'Technician', 'Auditor'];

export interface FlowInput {
  readonly admin: Client;
  readonly planter: Planter;
  readonly charterText: string;
  /** Where a subscriber listens, and whether it was sent an event of a type yet. */
  readonly receiver: { readonly origin: string; was(type: string): Promise<void> };
}

/**
 * Sends every command that takes a text, with a token in each, and errors and refusals with tokens in them on the way.
 * @throws Error when a command that should go through does not
 */
export async function plantEverywhere({ admin, planter, charterText, receiver }: FlowInput): Promise<Lived> {
  const clientOf = async (staffId: string): Promise<Client> =>
    admin.as(String((await admin.post('/tokens', { staffId, roles: ROLES, expiresAt: '2027-06-01T00:00:00Z' })).token));
  const api = await clientOf(String((await admin.get('/me')).staffId));
  const postAs =
    (client: Client): Post =>
    async (path, body = {}, headers = {}) => {
      const answer = await client.send('POST', path, planter.fill('POST', path, body), headers);
      if (answer.status >= 300) throw new Error(`POST ${path} → ${JSON.stringify(problemOf(answer))}`);
      return answer.body;
    };
  const post = postAs(api);
  const refuse = async (path: string, body: Json): Promise<void> => {
    const answer = await api.send('POST', path, planter.fill('POST', path, body));
    if (answer.status < 400 || answer.status >= 500) throw new Error(`POST ${path} → ${answer.status}`);
  };
  const published = await api.post('/charter/versions', { effectiveFrom: DAY, text: charterText });
  const charterVersionId = String(published.id);
  const technician = String((await post('/staff')).id);
  await post(`/staff/${technician}/undertaking`, { signedOn: DAY, charterVersionId });
  await post(`/staff/${technician}/habilitation`, { from: DAY });

  await plantSubscribers({ post, refuse, api, planter, receiver: receiver.origin });
  const member = await post('/members', { status: 'active', minor: false });
  const memberId = String(member.id);
  await post(`/members/${memberId}/identity`, { reason: 'other' }, { 'if-match': `"${member.revision}"` });
  await post(`/members/${memberId}/representatives`, { capacity: 'helper' });
  const asked = { memberId, channel: 'phone', commercialUse: false, confidentialDataPresent: false };
  const requestId = String((await post('/requests', asked)).id);
  const categories = { serviceCategories: ['diagnosis', 'settings'] };
  await post(`/requests/${requestId}/qualification`, categories);
  await post(`/requests/${requestId}/no-go-zones`);
  const advised = String((await post('/requests', asked)).id);
  await post(`/requests/${advised}/advice`);
  const evening = { slotStart: at('18:00'), slotEnd: at('18:45'), reason: 'urgency' };
  const accepted = { ...evening, memberAcceptedAt: at('09:30'), acceptanceMode: 'phone' };
  await post(`/requests/${requestId}/exceptional-slot`, accepted);
  const slot = { technicianId: technician, startsAt: at('10:00'), endsAt: at('11:00') };
  const sessionId = String((await post(`/requests/${requestId}/appointments`, slot)).id);
  const later = { technicianId: technician, startsAt: at('15:00'), endsAt: at('16:00') };
  const forgotten = String((await post(`/requests/${requestId}/appointments`, later)).id);
  await admin.put('/simulation/clock', { to: at('10:00') });

  const start = {
    technicianId: technician,
    toolName: 'RealVNC',
    linkEncrypted: true,
    memberPresent: true,
    connectivityCheck: true,
    toolReady: true,
  };
  await refuse(`/sessions/${sessionId}/start`, start);
  await refuse('/sessions/unknown.1/diagnoses', {});
  await post(`/sessions/${sessionId}/consent`, {
    charterVersionId,
    mode: 'oral',
    readAndAccepted: true,
    statements: { backup: true, authorise: true, bestEfforts: true, eightDays: true },
    signatureMethod: 'oral-attestation',
    scriptVersion: 'texte-1',
    identityCheck: 'known-voice',
    confirmationChannel: 'email',
  });
  await post(`/sessions/${sessionId}/start`, start);
  await post(`/sessions/${sessionId}/state-before`, { observed: true });
  await post(`/sessions/${sessionId}/diagnoses`);
  await post(`/sessions/${sessionId}/questions`);
  await post(`/sessions/${sessionId}/explanations`);
  const action = { category: 'settings', riskClass: 'none', alreadyDone: true };
  const done = await post(`/sessions/${sessionId}/actions`, action);
  await post(`/sessions/${sessionId}/actions`, { ...action, category: 'other', outOfScope: true });
  await refuse(`/sessions/${sessionId}/close`, { outcome: 'resolved' });
  await post(`/sessions/${sessionId}/consent/contest`, { channel: 'phone' });
  await post(`/sessions/${sessionId}/interrupt`, { reason: 'SECURITY' });
  await post(`/sessions/${sessionId}/consent/contest/settle`, { outcome: 'confirmed' });
  await post(`/sessions/${sessionId}/security-advice`, { advices: ['run-antivirus'] });
  await post(`/sessions/${sessionId}/breach-triage`, { answer: 'unknown' });
  await post(`/sessions/${sessionId}/state-after`, { observed: true });
  await post(`/sessions/${sessionId}/recommendations`, { none: false });
  const closed = await post(`/sessions/${sessionId}/close`, { outcome: 'partly' });

  const entry = await api.get(`/journal/${sessionId}?purpose=quality`);
  const session = entry.session as { readonly actions: readonly { readonly eventId: string }[] };
  await post(
    `/sessions/${sessionId}/corrections`,
    { targetEventId: session.actions[0]?.eventId, field: 'description', reason: 'incomplete' },
    { 'if-match': `"${closed.revision}"` },
  );
  const { items } = (await api.get(`/deviations?sessionId=${sessionId}`)) as { readonly items: readonly Json[] };
  const deviation = items.find((one) => one.code === 'outside-scope');
  await post(`/sessions/${sessionId}/deviations/${deviation?.deviationId}/review`);
  const past = { technicianId: technician, reason: 'other', memberPresent: 'yes', linkEncrypted: 'yes' };
  await post('/sessions', { ...past, memberId, startedAt: at('08:00'), endedAt: at('08:30') });
  await post(`/sessions/${forgotten}/record-afterwards`, { ...past, startedAt: at('09:00'), endedAt: at('09:20') });
  if (done.stream === undefined) throw new Error('a receipt without stream');
  const things = { memberId, sessionId, requestId };
  // rights are exercised afterwards: while the member is restricted nothing of it leaves
  await receiver.was('fr.temoin.session.closed.v1');
  await plantRights(post, api, things);
  await plantComplaint(post, api, things, async () => {
    const staffId = String((await post('/staff')).id);
    return { staffId, post: postAs(await clientOf(staffId)) };
  });
  await plantLetters(api, charterText);
  await plantRegisters(post, api, things);
  await post('/members/search');
  await post('/journal/search', { purpose: 'quality' });
  await faults(api, planter, things);
  await readEverything(api, things);
  return { ...things, technicianId: technician, api, post, refuse };
}

/** What the flow leaves behind, and the means to go on. */
export interface Lived extends Things {
  readonly technicianId: string;
  readonly api: Client;
  /** Gives a command with a token in each of its texts. @throws Error unless it is accepted */
  readonly post: Post;
  /** The same for a command that must be refused. */
  readonly refuse: (path: string, body: Json) => Promise<void>;
}

/** Requests that fail in every way a client can make them fail, a token in each. */
async function faults(api: Client, { token }: Planter, { memberId, sessionId, requestId }: Things): Promise<void> {
  const send = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await api.send(method, path, body, headers);
    if (answer.status < 400 || answer.status >= 500)
      throw new Error(`${method} ${path} → ${answer.status}, a refusal was expected`);
  };
  const where = 'a request that is refused';
  await send('POST', '/members', `{"name": "${token(where)}`);
  await send('POST', '/members', { name: [token(where)], [token(where)]: token(where) });
  await send('POST', '/members', { name: token(where).repeat(300), status: 'active', minor: false });
  await send('POST', '/members', { name: token(where), status: token(where), minor: token(where) });
  await send('POST', `/sessions/${sessionId}/diagnoses`, { text: `${token(where)} 4111 1111 1111 1111` });
  await send('POST', `/sessions/${sessionId}/diagnoses`, { text: `mot de passe : ${token(where, 'ascii')}` });
  await send('POST', `/requests/${requestId}/no-go-zones`, { zones: [token(where), 12] });
  await send('POST', `/requests/${requestId}/${token(where, 'ascii')}`, {});
  await send('GET', `/members/${token(where, 'ascii')}?purpose=quality`);
  await send('GET', `/members?name=${token(where, 'ascii')}`);
  await send('GET', `/journal/${sessionId}?purpose=${token(where, 'ascii')}`);
  await send('POST', `/members/${memberId}/identity`, { name: token(where), reason: 'other' }, { 'if-match': '"99"' });
  await send('POST', '/members', {}, { 'if-match': token(where, 'ascii') });
  await api.send('GET', '/members', undefined, { authorization: `Bearer ${token(where, 'ascii')}` });
  const traced = { traceparent: `00-${token(where, 'ascii')}-01`, tracestate: `x=${token(where, 'ascii')}` };
  await api.send('GET', '/members', undefined, traced);
  const key = randomUUID();
  const body = { status: 'active', minor: false, membershipNumber: 'D-1' };
  await api.send('POST', '/members', { ...body, name: token(where) }, { 'idempotency-key': key });
  await send('POST', '/members', { ...body, name: token(where) }, { 'idempotency-key': key });
  await api.send('POST', '/members', { ...body, name: token(where) }, { 'idempotency-key': token(where, 'ascii') });
}

const LISTS =
  '/members /journal /requests /consents /deviations /work /board /staff /rights /complaints /deadlines /destructions /holds /strike-outs /exports'.split(
    ' ',
  );

/** Opened values are read by people: nothing of that may stay behind either. */
async function readEverything(api: Client, { memberId, sessionId, requestId }: Things): Promise<void> {
  await api.get(`/members/${memberId}?purpose=rights`);
  await api.get(`/journal/${sessionId}?purpose=quality`);
  await api.get(`/requests/${requestId}?purpose=support`);
  await api.get(`/consents/${sessionId}?purpose=dispute`);
  for (const list of LISTS) await api.get(list);
  const streams = [`/streams/session-${sessionId}`, `/streams/member-${memberId}`];
  for (const stream of streams) await api.send('GET', `${stream}?purpose=quality`);
}
