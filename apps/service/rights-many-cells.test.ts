import type { CellId } from '#kernel/sealed.js';
import { receive } from './rights-story.js';
import { openSlice } from './slice.js';
import { prepareStory, publishCharter } from './slice-story.js';

interface Line {
  readonly cell: string;
  readonly suggestion: object;
}

/** More than one event lists, and more than the bytes of other requests. */
const SESSIONS = 2800;

it('a member with more things than an event lists is erased like anybody: grid, preview, decision, certificates, end [charter:4.3]', async () => {
  const slice = await openSlice();
  const { memberId } = await prepareStory(slice, await publishCharter(slice));
  const cells = Array.from({ length: SESSIONS }, (_, n) => `${memberId}/session:x${String(n).padStart(35, '0')}`);
  const at = { stream: 'session-x', eventId: 'e', type: 'T', version: 1, path: 'text' };
  await slice.temoin.vault.seal(cells.map((cell) => ({ at, cell: cell as CellId, value: 'Panne.' })));
  slice.moveTo('2026-06-02T12:00:00.000Z');
  const rightsId = await receive(slice, memberId, 'erasure');
  await slice.ok('SupportLead', 'POST', `/rights/${rightsId}/identity`, { method: 'membership-number' });
  await slice.settled();
  const { lines } = await slice.ok('Director', 'GET', `/rights/${rightsId}/grid`);
  expect(lines.length).toBeGreaterThan(SESSIONS);
  const grid = lines.map(({ cell, suggestion }: Line) => ({ cell, ...suggestion }));
  const decision = { grounds: [], reasons: 'Le dossier reste ouvert jusqu’à la réponse.', grid };
  expect(Buffer.byteLength(JSON.stringify(decision))).toBeGreaterThan(262_144);
  const preview = await slice.send('POST', `/api/v1/rights/${rightsId}/answer-preview`, decision, { as: 'Director' });
  expect(preview.status).toBe(200);
  await slice.ok('Director', 'POST', `/rights/${rightsId}/decision`, decision);
  await slice.settled();
  expect(await slice.erasure.finish()).toEqual([]);
  await slice.settled();
  const { items } = await slice.ok('Director', 'GET', `/destructions?reference=${rightsId}`);
  const whole = items.filter(({ complete }: { complete: boolean }) => complete);
  const ids = whole.map(({ destructionId }: { destructionId: string }) => destructionId).sort();
  const parts = Array.from({ length: Math.ceil(lines.length / 2000) }, (_, n) => (n === 0 ? '' : `.${n + 1}`));
  expect(ids).toEqual(parts.map((part) => `erasure${part}-${rightsId}`).sort());
  const living = (await slice.temoin.vault.list(memberId)).filter(({ state }) => state === 'living');
  expect(living.map(({ cell }) => cell.split('/')[1]?.split(':')[0])).toEqual(['rights']);
  await slice.ok('Director', 'POST', `/rights/${rightsId}/answer`, {
    ...{ channel: 'paper', sentAt: '2026-06-02T12:00:00.000Z' },
  });
  await slice.ok('Director', 'POST', `/rights/${rightsId}/close`);
  expect(slice.faults).toEqual([]);
  await slice.close();
});
