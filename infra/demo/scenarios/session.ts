import { askForSupport, PROBLEM } from '../ask-for-support.js';
import { type Cast, castOf, memberOf, type Person } from '../cast.js';
import { gather } from '../gather.js';
import type { Json } from '../http-client.js';
import { publishCharter } from '../publish-charter.js';
import { report } from '../report.js';
import type { Played, Scenario, Stage } from '../stage.js';

/** The main job: from the charter to a closed journal entry, with what the charter refuses and what it only signals. */
export const scenario: Scenario = {
  name: 'session',
  about: 'de la charte au journal : demande, consentement, intervention, STOP, écarts',
  async play(stage: Stage): Promise<Played> {
    await stage.clockTo('08:45');
    stage.chapter('La charte et l’équipe');
    const charterVersionId = await publishCharter(stage);
    const cast = await castOf(stage, charterVersionId);

    stage.chapter('La demande');
    const member = await memberOf(stage, cast.lead, 'Éléonore Inventée', 'DEMO-0042', '06 39 98 12 34');
    const { requestId, sessionId } = await askForSupport(stage, cast, member);

    stage.chapter('Le consentement, puis l’intervention');
    await consentInWriting(stage, cast, member, sessionId, charterVersionId);
    await interveneTo(stage, cast, sessionId);

    stage.chapter('Seconde intervention : consentement oral, puis STOP de l’adhérente');
    await stoppedSession(stage, cast, member, requestId, charterVersionId);

    stage.chapter('Un fait contraire à la charte est enregistrable, et signalé');
    await recordedAfterwards(stage, cast);

    stage.chapter('Revue des écarts');
    await review(stage, cast);
    const outcome = await gather(stage, cast, charterVersionId, sessionId);
    return { document: outcome, text: () => report(outcome) };
  },
};

const start = (technicianId: string) => ({
  technicianId,
  toolName: 'RealVNC',
  linkEncrypted: true,
  memberPresent: true,
  connectivityCheck: true,
  toolReady: true,
  problem: PROBLEM,
});

async function consentInWriting(stage: Stage, cast: Cast, member: Person, sessionId: string, charterVersionId: string) {
  const { technician, lead } = cast;
  await stage.clockTo('10:00');
  stage.refused(
    'Démarrage sans consentement',
    await technician.api.refused(`/sessions/${sessionId}/start`, start(technician.id)),
  );
  stage.done(
    'Consentement écrit, les quatre déclarations une à une',
    await lead.api.post(`/sessions/${sessionId}/consent`, {
      charterVersionId,
      mode: 'written',
      readAndAccepted: true,
      statements: { backup: true, authorise: true, bestEfforts: true, eightDays: false },
      signatureMethod: 'email',
      signerName: member.name,
      evidenceRef: 'courriel-demo-1',
    }),
  );
  stage.refused(
    'Démarrage sur une liaison non chiffrée',
    await technician.api.refused(`/sessions/${sessionId}/start`, { ...start(technician.id), linkEncrypted: false }),
  );
}

async function interveneTo(stage: Stage, { technician }: Cast, sessionId: string) {
  const step = async (what: string, path: string, body: Json = {}) =>
    stage.done(what, await technician.api.post(`/sessions/${sessionId}/${path}`, body));
  await stage.clockTo('10:02');
  await step('Prise de contrôle', 'start', start(technician.id));
  await step('État avant', 'state-before', { observed: true, state: 'File d’impression bloquée, pilote ancien.' });
  await step('Diagnostic', 'diagnoses', { text: 'Le pilote ne convient plus au système mis à jour.' });
  const risky = {
    category: 'updates',
    riskClass: 'major-update',
    description: 'Mise à jour majeure du pilote d’impression.',
  };
  stage.refused(
    'Acte à risque sans réponse sur la sauvegarde',
    await technician.api.refused(`/sessions/${sessionId}/actions`, risky),
  );
  await step('Sauvegarde conseillée : l’adhérente en a une', 'backup-advice', {
    backupStatus: 'yes',
    adviceShown: true,
  });
  await stage.clockTo('10:12');
  await step('Acte à risque réalisé', 'actions', risky);
  await step('Question de l’adhérente notée', 'questions', { text: 'Faut-il garder l’ancien pilote ?' });
  await stage.clockTo('10:20');
  await step('Pause demandée par l’adhérente', 'pause', { cause: 'member' });
  await stage.clockTo('10:26');
  await step('Reprise, adhérente présente', 'resume', { memberPresent: true });
  await step('Action', 'actions', {
    category: 'settings',
    riskClass: 'none',
    description: 'Imprimante remise par défaut, page d’essai imprimée.',
  });
  stage.refused(
    'Texte avec un numéro de carte bancaire',
    await technician.api.refused(`/sessions/${sessionId}/diagnoses`, { text: 'Carte vue : 4111 1111 1111 1111' }),
  );
  await step('Action hors périmètre : enregistrée, et signalée', 'actions', {
    category: 'office-advice',
    riskClass: 'none',
    description: 'Modèle de lettre ouvert à la demande de l’adhérente.',
    outOfScope: true,
    alreadyDone: true,
  });
  await step('Mot de passe temporaire utilisé (jamais sa valeur)', 'credentials', {
    method: 'temporary-password',
    changeAdvised: true,
  });
  await stage.clockTo('10:48');
  await step('Fin de la prise de contrôle', 'end');
  stage.refused(
    'Clôture d’un journal incomplet',
    await technician.api.refused(`/sessions/${sessionId}/close`, { outcome: 'resolved' }),
  );
  await step('État après', 'state-after', { observed: true, state: 'Impression rétablie.' });
  await step('Préconisations', 'recommendations', {
    none: false,
    recommendations: ['Changer le mot de passe temporaire.', 'Vérifier l’impression demain.'],
  });
  await step('Clôture du journal', 'close', { outcome: 'resolved' });
}

async function stoppedSession(stage: Stage, cast: Cast, member: Person, requestId: string, charterVersionId: string) {
  const { lead, technician } = cast;
  const booked = await lead.api.post(`/requests/${requestId}/appointments`, {
    technicianId: technician.id,
    startsAt: stage.at('14:00'),
    endsAt: stage.at('15:00'),
  });
  const sessionId = String(booked.id);
  const step = async (what: string, path: string, body: Json = {}) =>
    stage.done(what, await technician.api.post(`/sessions/${sessionId}/${path}`, body));
  stage.done('Second rendez-vous le même jour, de 14 h à 15 h', booked);
  await stage.clockTo('13:58');
  await step('Consentement oral : texte lu, identité vérifiée, confirmation à suivre', 'consent', {
    charterVersionId,
    mode: 'oral',
    readAndAccepted: true,
    statements: { backup: true, authorise: true, bestEfforts: true, eightDays: true },
    signatureMethod: 'oral-attestation',
    signerName: member.name,
    scriptVersion: 'texte-oral-1',
    identityCheck: 'call-back-to-known-number',
    calledNumber: '06 39 98 12 34',
    confirmationChannel: 'email',
  });
  await stage.clockTo('14:00');
  await step('Prise de contrôle', 'start', start(technician.id));
  await step('État avant', 'state-before', { observed: true, state: 'Impression en ordre.' });
  await stage.clockTo('14:06');
  await step('STOP de l’adhérente : immédiat, sans motif (art. 7.3)', 'stop');
  await step('Aucune action', 'no-action', { reason: 'member-request' });
  await step('État après non constaté, et pourquoi', 'state-after', {
    observed: false,
    notObservedReason: 'member-request',
  });
  await step('Aucune préconisation', 'recommendations', { none: true });
  await step('Clôture du journal', 'close', { outcome: 'not' });
}

async function recordedAfterwards(stage: Stage, cast: Cast) {
  const { lead, technician } = cast;
  const other = await memberOf(stage, lead, 'Octave Supposé', 'DEMO-0043', '06 39 98 56 78');
  await stage.clockTo('16:30');
  const receipt = await technician.api.post('/sessions', {
    memberId: other.id,
    technicianId: technician.id,
    startedAt: stage.at('15:10'),
    endedAt: stage.at('15:35'),
    problem: 'Messagerie inaccessible.',
    reason: 'emergency',
    memberPresent: 'yes',
    linkEncrypted: 'yes',
    toolName: 'RealVNC',
  });
  stage.done('Intervention sans consentement, enregistrée après coup', receipt);
}

async function review(stage: Stage, { lead, technician }: Cast) {
  const { items } = (await lead.api.get('/deviations?review=open')) as { readonly items?: readonly Json[] };
  const outside = items?.find((one) => one.code === 'outside-scope');
  if (outside === undefined) throw new Error('the out-of-scope action was not flagged');
  const path = `/sessions/${outside.sessionId}/deviations/${outside.deviationId}/review`;
  stage.done(
    'Commentaire du responsable sur l’action hors périmètre',
    await lead.api.post(path, { comment: 'Vu avec l’intervenant : une nouvelle demande aurait dû être ouverte.' }),
  );
  const used = (await lead.api.get('/work')) as { readonly credentialsOpen?: { readonly items: readonly Json[] } };
  const credential = used.credentialsOpen?.items[0];
  if (credential !== undefined)
    stage.done(
      'Changement du mot de passe temporaire confirmé',
      await technician.api.post(`/sessions/${credential.sessionId}/credentials/${credential.credentialId}/changed`),
    );
}
