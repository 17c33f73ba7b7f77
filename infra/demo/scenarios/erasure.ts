import { type Cast, castOf, memberOf, type Person } from '../cast.js';
import {
  expectErased,
  type Proofs,
  restoreOldBackup,
  takeBackup,
  verifyCertificate,
  whatIsReadable,
} from '../erasure-proof.js';
import { type ErasureStory, erasureReport } from '../erasure-report.js';
import { type Json, problemOf } from '../http-client.js';
import { publishCharter } from '../publish-charter.js';
import { shortSession } from '../short-session.js';
import type { Played, Scenario, Stage } from '../stage.js';

/** From the request to a proof that survives an old backup put back. */
export const scenario: Scenario = {
  name: 'erasure',
  about: 'demande d’effacement, grille, certificat vérifié, ancienne sauvegarde remise : toujours effacée',
  async play(stage: Stage): Promise<Played> {
    const { house } = stage;
    if (house === undefined) throw new Error('This story stops and restores its service: leave out --url and --token.');
    await stage.clockTo('08:45');
    stage.chapter('La charte, l’équipe, une adhérente et ses deux interventions');
    const charterVersionId = await publishCharter(stage);
    const cast = await castOf(stage, charterVersionId);
    const member = await memberOf(stage, cast.lead, 'Éléonore Inventée', 'DEMO-0042', '06 39 98 12 34');
    const other = await memberOf(stage, cast.lead, 'Octave Supposé', 'DEMO-0043', '06 39 98 56 78');
    const sessions = await twoSessions(stage, cast, member, charterVersionId);
    const proofs: Proofs = { stage, house, cast, member, other, ...sessions };
    const before = await whatIsReadable(proofs);

    stage.chapter('La seconde intervention est contestée : le Directeur gèle ce qui la concerne (art. 8.1)');
    const held = `${member.id}/session:${sessions.held}`;
    const hold = { cells: [held], ground: 'insurer', note: 'Déclaration de sinistre en cours chez l’assureur.' };
    stage.done('Gel posé, revu tous les six mois', await cast.director.api.post(`/members/${member.id}/holds`, hold));
    const backup = await takeBackup(proofs);

    stage.chapter('L’adhérente demande l’effacement (RGPD 17, art. 4.3)');
    const decided = await decide(stage, cast, member, held);
    const certificate = await verifyCertificate(proofs, decided.rightsId);
    const after = await whatIsReadable(proofs);
    expectErased('after the erasure', after);
    const late = { name: 'Autre Nom', reason: 'other' };
    const answer = await cast.lead.api.send('POST', `/members/${member.id}/identity`, late, { 'if-match': '*' });
    if (answer.status !== 410) throw new Error(`a value for an erased member was answered ${answer.status}`);
    stage.refused('Écrire de nouveau l’identité d’une personne effacée', problemOf(answer));

    stage.chapter('On remet la sauvegarde d’avant l’effacement');
    const gate = await restoreOldBackup(proofs, backup);
    const restored = await whatIsReadable(proofs);
    expectErased('after the old backup came back', restored);
    const story: ErasureStory = { ...decided, certificate, before, after, restored, gate };
    return { document: story, text: () => erasureReport(story) };
  },
};

async function twoSessions(stage: Stage, cast: Cast, member: Person, charterVersionId: string) {
  const asked = await cast.technician.api.post('/requests', {
    memberId: member.id,
    problem: 'Imprimante muette, puis messagerie qui refuse d’envoyer.',
    channel: 'phone',
    commercialUse: false,
    confidentialDataPresent: false,
  });
  const requestId = String(asked.id);
  await cast.lead.api.post(`/requests/${requestId}/qualification`, {
    serviceCategories: ['diagnosis', 'settings'],
    scope: 'Imprimante et messagerie.',
  });
  stage.done('Demande d’appui reçue et qualifiée', asked);
  const common = { requestId, charterVersionId };
  const free = await shortSession(stage, cast, member, {
    ...common,
    from: '10:00',
    problem: 'L’imprimante n’imprime plus.',
    diagnosis: 'File d’impression bloquée.',
    action: 'File vidée, page d’essai imprimée.',
  });
  const held = await shortSession(stage, cast, member, {
    ...common,
    from: '11:00',
    problem: 'La messagerie refuse d’envoyer.',
    diagnosis: 'Serveur sortant mal réglé.',
    action: 'Serveur sortant corrigé.',
  });
  return { free, held };
}

/** Case, identity, grid, decision, answer. The held session may only be kept. */
async function decide(stage: Stage, { lead, director }: Cast, member: Person, held: string) {
  await stage.clockTo('14:00');
  const received = await lead.api.post('/rights', {
    memberId: member.id,
    kind: 'erasure',
    channel: 'phone',
    receivedAt: stage.at('13:50'),
    concernsDirector: false,
    details: 'Effacez tout ce que vous avez sur moi.',
  });
  const rightsId = String(received.id);
  stage.done('Demande reçue : le délai d’un mois court de cet instant', received);
  const identity = { method: 'membership-number' };
  stage.done(
    'Identité vérifiée par le numéro d’adhérent, sans pièce copiée',
    await lead.api.post(`/rights/${rightsId}/identity`, identity),
  );
  const { lines } = (await director.api.get(`/rights/${rightsId}/grid`)) as { readonly lines: readonly Json[] };
  const erase = lines.map(({ cell }) => ({ cell, decision: 'erase' }));
  stage.refused(
    'Tout effacer, y compris ce qui est gelé',
    await director.api.refused(`/rights/${rightsId}/decision`, { grounds: [], grid: erase }),
  );
  const grid = lines.map(({ cell, suggestion }) =>
    cell === held ? { cell, ...(suggestion as Json) } : { cell, decision: 'erase' },
  );
  const body = { grounds: [], grid, reasons: 'Une intervention reste gardée pendant le litige avec l’assureur.' };
  const preview = await director.api.post(`/rights/${rightsId}/answer-preview`, body);
  stage.done('Réponse à l’adhérente relue avant la décision, tant que son adresse est lisible');
  stage.done('Décision du Directeur, ligne par ligne', await director.api.post(`/rights/${rightsId}/decision`, body));
  const sent = { channel: 'email', sentAt: stage.at('14:00') };
  stage.done('Réponse partie', await lead.api.post(`/rights/${rightsId}/answer`, sent));
  return { rightsId, grid: lines, decision: grid as readonly Json[], letter: String(preview.text) };
}
