import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '#testing/shared-data.js';
import type { Client } from '../../infra/demo/http-client.js';

export const PERSON = { name: 'Ève Fictive', email: 'eve@exemple.test', problem: 'Un site pour ma belle-sœur.' };

/** The example charter comes into force. */
export async function publish(api: Client): Promise<void> {
  const text = await readFile(join(projectFolder, 'infra', 'demo', 'charte-exemple.txt'), 'utf8');
  const body = { effectiveFrom: '2026-06-01', text };
  const { body: told } = await api.send('POST', '/charter/versions', body);
  const missing = (told.errors ?? []) as readonly { readonly pointer: string }[];
  const acceptedMissing = missing.map(({ pointer }) => pointer.split('/').pop());
  if (missing.length > 0) await api.post('/charter/versions', { ...body, acceptedMissing });
}

/** A member asks and is told no: a letter is written. @param headers of the request for help */
export async function decline(api: Client, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const { name, email, problem } = PERSON;
  const member = { membershipNumber: 'T-1', name, email, status: 'active', minor: false };
  const memberId = String((await api.post('/members', member)).id);
  const asked = { memberId, problem, channel: 'phone', commercialUse: false, confidentialDataPresent: false };
  const request = await api.send('POST', '/requests', asked, headers);
  if (request.status !== 201) throw new Error(`POST /requests → ${request.status}`);
  await api.post(`/requests/${request.body.id}/decline`, { reason: 'content-creation' });
  return memberId;
}
