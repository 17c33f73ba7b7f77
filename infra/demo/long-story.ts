import type { Client } from './http-client.js';
import { parisTime } from './paris.js';
import type { Stage } from './stage.js';

/** A token that outlives a story of more than a year. Without a person: for the one who plays. */
export async function longLived(stage: Stage, role: string, staffId?: string): Promise<Client> {
  const person = staffId ?? String((await stage.admin.get('/me')).staffId);
  const expiresAt = `${Number(stage.day.slice(0, 4)) + 3}-01-01T00:00:00Z`;
  const issued = await stage.admin.post('/tokens', { staffId: person, roles: [role], expiresAt });
  return stage.admin.as(String(issued.token));
}

/** The day so many days after the story's own. */
export const dayAfter = (stage: Stage, days: number): string =>
  new Date(Date.parse(`${stage.day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Moves the clock to so many days after the story's day. @returns that moment */
export async function later(stage: Stage, days: number, time: string): Promise<string> {
  const to = parisTime(dayAfter(stage, days), time);
  await stage.admin.put('/simulation/clock', { to });
  return to;
}

/**
 * The nights that the clock jumped over are made up for beside the requests: waits until the last one is through, and no run
 * of retention is new. On a busy machine that takes longer than a moment in which nothing is new.
 */
export async function quiet(api: Client): Promise<void> {
  const now = String((await api.get('/simulation/clock')).now);
  const night = new Date(Date.parse(now) - 86_400_000).toISOString().slice(0, 10);
  let before = '';
  for (let tries = 0; tries < 1200; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const runs = (await api.get('/retention/runs')).items as readonly { readonly day: string }[];
    const found = JSON.stringify(runs);
    if (found === before && tries > 3 && (runs[0]?.day ?? '') >= night) return;
    before = found;
  }
}
