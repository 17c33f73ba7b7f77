import type { Client, Json } from '../demo/http-client.js';
import { everythingDestroyed } from './everything-destroyed.js';

export type Post = (path: string, body?: Json, headers?: Readonly<Record<string, string>>) => Promise<Json>;

/** Whom and what the flow is about. */
export interface Things {
  readonly memberId: string;
  readonly sessionId: string;
  readonly requestId: string;
}

/** Rights, holds, restriction, texts struck out, a copy of everything: what a member's file goes through beside support. */
export async function plantRights(post: Post, api: Client, { memberId, sessionId, requestId }: Things): Promise<void> {
  const entry = (await api.get(`/journal/${sessionId}?purpose=rights`)) as {
    readonly session: { readonly explanations: readonly { readonly eventId: string }[] };
  };
  const target = { targetEventId: entry.session.explanations[0]?.eventId, field: 'text', reason: 'secret' };
  const strikeOut = await post(`/sessions/${sessionId}/strike-outs`, target);
  await post(`/sessions/${sessionId}/strike-outs/${strikeOut.id}/decision`, { decision: 'granted' });
  const asked = (await api.get(`/requests/${requestId}?purpose=rights`)) as { readonly texts: readonly Json[] };
  const { targetEventId, field } = asked.texts.find((one) => one.field === 'scope') ?? {};
  const reported = await post(`/requests/${requestId}/strike-outs`, { targetEventId, field, reason: 'secret' });
  await post(`/requests/${requestId}/strike-outs/${reported.id}/decision`, { decision: 'granted' });
  // a hold that came first would keep the text
  await everythingDestroyed(api);

  const held = await post(`/members/${memberId}/holds`, {
    cells: [`${memberId}/session:${sessionId}`],
    ground: 'insurer',
  });
  await post(`/members/${memberId}/holds/${held.id}/review`);
  await api.get(`/members/${memberId}/holds?purpose=dispute`);
  await post(`/members/${memberId}/holds/${held.id}/release`, { reason: 'dispute-closed' });

  const refused = await openCase(post, memberId, 'access');
  await post(`/rights/${refused}/extension`);
  const decision = { decision: 'refused', grounds: ['manifestly-unfounded'] };
  await post(`/rights/${refused}/answer-preview`, decision);
  await post(`/rights/${refused}/decision`, decision);
  await api.get(`/rights/${refused}?purpose=rights`);
  await api.get(`/rights/${refused}/answer?purpose=rights`);
  const now = String((await api.get('/simulation/clock')).now);
  await post(`/rights/${refused}/answer`, { channel: 'email', sentAt: now });
  await post(`/rights/${refused}/close`);

  await post(`/members/${memberId}/restriction`, { ground: 'accuracy-contested' });
  const warnedAt = new Date(Date.parse(now) + 60_000).toISOString();
  await api.put('/simulation/clock', { to: warnedAt });
  await post(`/members/${memberId}/restriction/announcement`, { warnedAt, channel: 'phone' });
  await post(`/members/${memberId}/restriction/lift`);
  const copy = await post(`/members/${memberId}/exports`);
  await api.get(`/exports/${copy.id}`);
}

/** Receives a case and checks the person. @returns its reference */
export async function openCase(post: Post, memberId: string, kind: 'access' | 'erasure'): Promise<string> {
  const received = { memberId, kind, channel: 'email', receivedAt: '2026-06-02T07:00:00Z', concernsDirector: false };
  const { id } = await post('/rights', received);
  await post(`/rights/${id}/identity`, { method: 'membership-number' });
  return String(id);
}
