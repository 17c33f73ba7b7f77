import { type Cast, castOf, memberOf } from '../cast.js';
import { type DisputeStory, disputeReport } from '../dispute-report.js';
import { disputedSession, eraseWhatIsFree, otherSession } from '../dispute-steps.js';
import type { Client, Json } from '../http-client.js';
import { later, longLived, quiet } from '../long-story.js';
import { publishCharter } from '../publish-charter.js';
import type { Played, Scenario, Stage } from '../stage.js';

/** A dispute from the session to the purge, with the derivation of every deadline. */
export const scenario: Scenario = {
  name: 'dispute',
  about: 'réclamation au 8e jour, gel, enquête, proposition refusée, médiateur, effacement partiel, clôture, purge',
  async play(given: Stage): Promise<Played> {
    await given.clockTo('08:45');
    const stage = { ...given, admin: await longLived(given, 'Administrator') };
    stage.chapter('La charte, l’équipe, une adhérente, une intervention qui dépasse');
    const charterVersionId = await publishCharter(stage);
    const usual = await castOf(stage, charterVersionId);
    const api = await longLived(stage, 'Director', usual.director.id);
    const cast = { ...usual, director: { ...usual.director, api } };
    const member = await memberOf(stage, cast.lead, 'Éléonore Inventée', 'DEMO-0042', '06 39 98 12 34');
    const sessionId = await disputedSession(stage, cast, member, charterVersionId);
    const other = await otherSession(stage, cast, member, charterVersionId);

    stage.chapter('Réclamation le huitième jour (art. 9.1)');
    const filedAt = await later(stage, 8, '16:00');
    const filed = await cast.lead.api.post('/complaints', {
      memberId: member.id,
      channel: 'email',
      receivedAt: filedAt,
      learnedOn: filedAt.slice(0, 10),
      facts: 'Depuis l’intervention, mon logiciel de photos ne s’ouvre plus.',
      consequences: 'Je n’ai plus accès à mes albums.',
      sessionIds: [sessionId],
      against: [],
      concernsDirector: false,
    });
    stage.done('Reçue : l’intervention est gelée avant même la réponse', filed);
    const at = `/complaints/${filed.id}`;
    const file = () => cast.director.api.get(`${at}?purpose=dispute`);
    const first = await file();
    const { items: deadlines } = await cast.director.api.get('/deadlines');
    const problemHeld = await problemOfSession(cast.director.api, sessionId);

    stage.chapter('Enquête, qualification, proposition (art. 9.2)');
    await settle(stage, cast, at, sessionId);
    stage.chapter('Médiateur (art. 6.3)');
    const referredAt = await later(stage, 71, '10:00');
    const referral = {
      recipient: 'mediator',
      recipientName: 'Médiation de la consommation (fictive)',
      ground: 'mediation',
      variant: 'minimised',
      contentSha256: 'a'.repeat(64),
      sentAt: referredAt,
      channel: 'post',
      initiatedBy: 'member',
    };
    stage.done(
      'Dossier communiqué, motif et empreinte notés',
      await cast.director.api.post(`${at}/referrals`, referral),
    );

    stage.chapter('Demande d’effacement pendant le litige (RGPD 17.3 e)');
    const grid = await eraseWhatIsFree(stage, cast, member, await later(stage, 72, '11:00'));
    stage.chapter('Clôture, puis levée du gel');
    await later(stage, 80, '10:00');
    const answer = { outcome: 'referred', finalAnswer: 'Le médiateur est saisi.', channel: 'post' };
    const without = { ...answer, mediatorContactGiven: false };
    stage.refused(
      'Clore sans dire comment saisir le médiateur',
      await cast.director.api.refused(`${at}/close`, without),
    );
    stage.done('Close', await cast.director.api.post(`${at}/close`, { ...answer, mediatorContactGiven: true }));
    const last = await file();
    const work = (await cast.director.api.get('/work')) as { readonly toDecide: { readonly holdsToRelease: Json } };
    const toRelease = work.toDecide.holdsToRelease.items as readonly Json[];
    for (const { holdId } of toRelease)
      stage.done(
        'Gel levé par le Directeur',
        await cast.director.api.post(`/members/${member.id}/holds/${holdId}/release`, { reason: 'dispute-closed' }),
      );

    stage.chapter('Un an après (art. 8.1) : la nuit emporte ce qui n’est plus gardé');
    for (const days of [366, 446]) {
      await later(stage, days, '04:00');
      await quiet(cast.director.api);
    }
    const runs = (await cast.director.api.get('/retention/runs')).items as readonly Json[];
    const rules = (await cast.director.api.get('/compliance/rules')).items as readonly Json[];
    const story: DisputeStory = {
      clocksAtFiling: first.clocks as readonly Json[],
      clocksAtClosing: last.clocks as readonly Json[],
      deadlines: deadlines as readonly Json[],
      holds: first.holds as readonly Json[],
      grid,
      toRelease,
      runs: runs.filter(({ due }) => Number(due) > 0),
      problemHeld,
      problemAfter: await problemOfSession(cast.director.api, sessionId),
      problemOfOther: await problemOfSession(cast.director.api, other),
      complaintAfter: (await file()).facts,
      rules: rules.filter(({ figures }) => Number((figures as Json).broken) + Number((figures as Json).refused) > 0),
    };
    return { document: story, text: () => disputeReport(story) };
  },
};

async function settle(stage: Stage, cast: Cast, at: string, sessionId: string): Promise<void> {
  const { lead, director, technician } = cast;
  const acknowledgedAt = await later(stage, 9, '09:00');
  stage.done('Accusé de réception', await lead.api.post(`${at}/acknowledgement`, { acknowledgedAt, channel: 'email' }));
  const own = await director.api.refused(`${at}/inquirer`, { inquirerId: technician.id });
  stage.refused('Faire enquêter celui qui a conduit l’intervention', own);
  stage.done('Enquête confiée', await director.api.post(`${at}/inquirer`, { inquirerId: lead.id }));
  await lead.api.post(`${at}/findings`, { findings: 'Voyant du disque allumé avant la première action.' });
  const journal = await director.api.get(`/journal/${sessionId}?purpose=dispute`);
  const session = journal.session as { readonly stateBefore: Json; readonly actions: readonly Json[] };
  const evidence = [
    { kind: 'state-before', sessionId, eventId: session.stateBefore.eventId },
    { kind: 'action', sessionId, eventId: session.actions[0]?.eventId },
  ];
  const qualified = { faultQualification: 'fault', damageType: 'not-established', reasons: 'Sauvegarde non demandée.' };
  const receipt = await director.api.post(`${at}/qualification`, { ...qualified, evidence });
  stage.done('Faute et dommage qualifiés, pièces à l’appui (art. 2.3, 6.1)', receipt);
  const proposedAt = await later(stage, 29, '10:00');
  const terms = { terms: 'Réinstaller le logiciel, à distance, sans attente.', proposedAt, channel: 'email' };
  const proposal = await director.api.post(`${at}/proposals`, terms);
  stage.done('Proposition amiable', proposal);
  const answeredAt = await later(stage, 34, '10:00');
  const no = { agreed: false, answeredAt, channel: 'email' };
  stage.done('L’adhérente refuse', await lead.api.post(`${at}/proposals/${proposal.id}/answer`, no));
}

async function problemOfSession(api: Client, sessionId: string): Promise<unknown> {
  const { session } = (await api.get(`/journal/${sessionId}?purpose=dispute`)) as { readonly session: Json };
  return (session.problem as Json | undefined)?.problem;
}
