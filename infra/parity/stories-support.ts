import {
  complaintChannels,
  complaintOutcomes,
  damageTypes,
  faultQualifications,
  referralRecipients,
} from '#domain/complaint/codes.js';
import { channels, closeOutcomes, serviceCategories } from '#domain/request/codes.js';
import * as codes from '#domain/session/codes.js';
import { dayOf, minutesFrom, nameOf, type Step, type Story, textOf, type World, weekdayAfter, yes } from './world.js';

/** From the request to the closed journal, with what may happen on the way. */
export function* supportStory(world: World): Story {
  const { random, charterVersionId } = world;
  const requestId = world.fresh('request');
  const memberId = random.pick(world.members);
  const technicianId = random.pick(world.technicians);
  const stream = `request-${requestId}`;
  const asked = { memberId, problem: textOf(world), channel: random.pick(channels) };
  const answers = { commercialUse: !yes(world, 15), confidentialDataPresent: yes(world) };
  yield { stream, command: { type: 'RequestSupport', requestId, ...asked, ...answers } };
  const serviceCategory = [random.pick(serviceCategories), random.pick(serviceCategories)];
  const triage = { serviceCategories: [...new Set(serviceCategory)], scope: textOf(world) };
  yield { stream, command: { type: 'QualifyRequest', requestId, ...triage } };
  if (yes(world)) yield { stream, command: { type: 'DeclareNoGoZones', requestId, zones: [textOf(world)] } };
  const day = weekdayAfter(world.now());
  const startsAt = `${day}T${random.pick(['08', '09', '12', '13'])}:00:00.000Z`;
  const slot = { technicianId, startsAt, endsAt: minutesFrom(startsAt, 60) };
  const booked = yield { stream, command: { type: 'BookAppointment', requestId, ...slot } };
  if (booked?.outcome !== 'accepted') return;
  const sessionId = `${requestId}.1`;
  const consent = { charterVersionId, mode: 'written', readAndAccepted: true, signatureMethod: 'email' };
  const statements = { backup: yes(world, 9), authorise: true, bestEfforts: true, eightDays: yes(world) };
  const signed = { ...consent, statements, signerName: nameOf(world), evidenceRef: 'courriel-1' };
  yield { stream: `session-${sessionId}`, command: { type: 'GiveConsent', sessionId, ...signed } };
  yield { untilDay: day, time: startsAt.slice(11) };
  world.sessions.push({ id: sessionId, memberId });
  const tool = { toolName: 'RealVNC', linkEncrypted: true, memberPresent: true };
  const started = { technicianId, ...tool, connectivityCheck: true, toolReady: true, problem: textOf(world) };
  yield { stream: `session-${sessionId}`, command: { type: 'StartSession', sessionId, ...started } };
  for (let left = 2 + random.below(9); left > 0; left -= 1) {
    yield { minutes: random.below(7) };
    yield inSession(world, sessionId);
  }
  yield* ending(world, sessionId);
  if (yes(world)) yield { stream, command: { type: 'CloseRequest', requestId, outcome: random.pick(closeOutcomes) } };
}

/** Anything that may be noted while a session runs. */
function inSession(world: World, sessionId: string): Step {
  const { random } = world;
  const entry = { entryId: world.fresh('entry'), text: textOf(world) };
  const action = { actionId: world.fresh('action'), category: random.pick(codes.actionCategories) };
  const credential = { credentialId: world.fresh('credential'), method: random.pick(codes.credentialMethods) };
  const riskClass = random.pick(codes.riskClasses);
  const command = random.pick<Readonly<Record<string, unknown>> & { readonly type: string }>([
    { type: 'RecordStateBefore', observed: true, state: textOf(world) },
    { type: 'RecordDiagnosis', ...entry },
    { type: 'LogMemberQuestion', ...entry },
    { type: 'RecordExplanation', ...entry },
    { type: 'RecordBackupAdvice', backupStatus: random.pick(codes.backupAnswers), adviceShown: true },
    { type: 'RecordAction', ...action, riskClass: 'none', description: textOf(world), alreadyDone: true },
    { type: 'RecordAction', ...action, riskClass, description: textOf(world), alreadyDone: yes(world) },
    { type: 'RecordTemporaryCredential', ...credential, changeAdvised: yes(world) },
    { type: 'AttestPresence' },
    { type: 'ReportPresenceLost' },
    { type: 'PauseSession', cause: random.pick(codes.pauseCauses) },
    { type: 'ResumeSession', memberPresent: yes(world, 5) },
    { type: 'AgreeExtension', extensionId: world.fresh('extension'), minutes: 15, memberAccepted: true },
  ]);
  return { stream: `session-${sessionId}`, command: { sessionId, ...command } };
}

function* ending(world: World, sessionId: string): Story {
  const { random } = world;
  const of = (command: Readonly<Record<string, unknown>> & { readonly type: string }): Step => ({
    stream: `session-${sessionId}`,
    command: { sessionId, ...command },
  });
  const interruption = {
    type: 'InterruptSession',
    reason: random.pick(codes.interruptionReasons),
    note: textOf(world),
  };
  yield of(random.pick([{ type: 'EndSession' }, { type: 'EndSession' }, { type: 'StopSession' }, interruption]));
  yield of({ type: 'StateNoAction', reason: random.pick(codes.noActionReasons) });
  yield of({ type: 'RecordStateAfter', observed: true, state: textOf(world) });
  yield of({ type: 'RecordRecommendations', none: false, recommendations: [textOf(world)] });
  yield of({ type: 'CloseSession', outcome: random.pick(codes.outcomes) });
  if (yes(world)) yield of({ type: 'RequestReport', channel: 'email' });
  if (yes(world)) yield of({ type: 'ReviewDeviation', deviationId: 'r1.1-d1', comment: textOf(world) });
}

export function* afterwardsStory(world: World): Story {
  const { random } = world;
  const sessionId = world.fresh('session');
  const memberId = random.pick(world.members);
  const endedAt = minutesFrom(world.now(), -30 - random.below(3000));
  const when = { startedAt: minutesFrom(endedAt, -25), endedAt, reason: random.pick(codes.afterwardsReasons) };
  const told = { memberPresent: random.pick(codes.answers), linkEncrypted: random.pick(codes.answers) };
  const about = { sessionId, memberId, technicianId: random.pick(world.technicians), problem: textOf(world) };
  const stream = `session-${sessionId}`;
  const done = yield { stream, command: { type: 'RecordSessionAfterwards', ...about, ...when, ...told } };
  if (done?.outcome !== 'accepted') return;
  world.sessions.push({ id: sessionId, memberId });
  yield inSession(world, sessionId);
  yield* ending(world, sessionId);
}

export function* complaintStory(world: World): Story {
  const { random } = world;
  const { id, memberId } = random.pick(world.sessions);
  const complaintId = world.fresh('complaint');
  const channel = random.pick(complaintChannels);
  const of = (command: Readonly<Record<string, unknown>> & { readonly type: string }): Step => ({
    stream: `complaint-${complaintId}`,
    command: { complaintId, ...command },
  });
  const told = { facts: textOf(world), consequences: textOf(world), against: [], concernsDirector: false };
  const when = { receivedAt: world.now(), learnedOn: world.now().slice(0, 10) };
  yield of({ type: 'FileComplaint', memberId, channel, ...when, ...told, sessionIds: [id] });
  yield of({ type: 'AcknowledgeComplaint', acknowledgedAt: world.now(), channel });
  yield of({ type: 'OpenInvestigation', inquirerId: random.pick(world.technicians) });
  if (yes(world)) yield of({ type: 'ReportInvestigation', reportId: world.fresh('report'), findings: textOf(world) });
  const found = { faultQualification: random.pick(faultQualifications), damageType: random.pick(damageTypes) };
  yield of({ type: 'QualifyComplaint', ...found, reasons: textOf(world), evidence: [] });
  const proposalId = world.fresh('proposal');
  const proposed = { proposalId, terms: textOf(world), proposedAt: world.now(), channel };
  yield of({ type: 'ProposeSettlement', ...proposed, answerBy: dayOf(world) });
  yield { minutes: random.below(3000) };
  yield of({ type: 'AnswerSettlement', proposalId, agreed: yes(world), answeredAt: world.now(), channel });
  if (!yes(world, 5)) yield of({ type: 'WithdrawComplaint', withdrawnAt: world.now(), channel });
  const recipient = { recipient: random.pick(referralRecipients), recipientName: textOf(world), ground: 'mediation' };
  const sent = { variant: 'minimised', contentSha256: 'a'.repeat(64), sentAt: world.now(), channel };
  if (yes(world))
    yield of({
      type: 'ReferComplaint',
      disclosureId: world.fresh('disclosure'),
      ...recipient,
      ...sent,
      initiatedBy: 'member',
    });
  const last = { outcome: random.pick(complaintOutcomes), finalAnswer: textOf(world), mediatorContactGiven: true };
  yield of({ type: 'CloseComplaint', ...last, channel });
  if (!yes(world, 4)) yield of({ type: 'ReopenComplaint', newFact: textOf(world) });
}
