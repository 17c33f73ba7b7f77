import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import type { Instant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { actor } from '#testing/service-desk.js';
import { custody } from './custody.js';
import type { CustodyFacts } from './facts.js';

const cells = ['m1/identity'];
const facts: CustodyFacts = {
  now: '2026-06-10T08:00:00.000Z' as Instant,
  actor: actor('d1', 'Director'),
  time: frenchCivilTime(),
  runningCells: [],
  livingCells: cells,
};
const place = { type: 'PlaceLegalHold', memberId: 'm1', holdId: 'h1', cells, ground: 'insurer' } as const;

describe('the note of a hold', () => {
  it('holds no secret [charter:5.1a]', () => {
    given(custody)
      .when({ ...place, note: 'Mot de passe : Soleil1975!' }, facts)
      .then({ code: 'secret-must-not-be-noted', rule: 'charter:5.1a' });
  });

  it('is kept as written otherwise [charter:8.1f]', () => {
    const { answer } = given(custody).when({ ...place, note: 'Déclaration à l’assureur.' }, facts);
    expect(answer).toMatchObject([{ type: 'LegalHoldPlaced', data: { note: 'Déclaration à l’assureur.' } }]);
  });
});
