import fc from 'fast-check';
import * as codes from '#domain/session/codes.js';
import type { SessionCommand } from '#domain/session/commands.js';
import { clock, oral, start, written } from '#domain/session/session-story.fixture.js';
import { strikeOutDecisions } from '#domain/shared/strike-out.js';
import { plusMilliseconds } from '#kernel/time.js';
import { metaOf } from './sealed-event.js';
import { beginnings, secondEvent, sessionId } from './session-beginnings.js';

/** Times around the appointment, some of them impossible. */
export const time = fc
  .integer({ min: -30, max: 300 })
  .map((minutes) => plusMilliseconds(clock('09:30'), minutes * 60_000));
export const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const optionalAt = maybe(time).map((at) => (at === undefined ? {} : { at }));
const anyId = fc.constantFrom('i1', 'i2', 'i3');
const text = fc.constantFrom('Un texte', 'mot de passe : Soleil1975!', 'Rappeler au 06 12 34 56 78');
const one = <T>(values: readonly T[]) => fc.constantFrom(...values);

/** What stops a session: rarer, so that stories go on. */
const endings: fc.Arbitrary<SessionCommand> = fc
  .tuple(
    fc.oneof(
      fc.record({ type: one(['RefuseConsent', 'WithdrawConsent'] as const), channel: one(codes.consentChannels) }),
      fc.record({ type: one(['StopSession', 'EndSession'] as const) }),
      fc.record({ type: fc.constant('InterruptSession' as const), reason: one(codes.interruptionReasons), note: text }),
    ),
    optionalAt,
  )
  .map(([command, at]) => ({ sessionId, ...command, ...at }));

/** What is said of a consent as recorded, and what follows a stop for security. */
const afterthoughts: fc.Arbitrary<SessionCommand> = fc
  .oneof(
    fc.record({
      type: fc.constant('ContestConsent' as const),
      channel: one(codes.consentChannels),
      remark: text,
    }),
    fc.record({ type: fc.constant('SettleContest' as const), outcome: one(codes.contestOutcomes), note: text }),
    fc.record({
      type: fc.constant('RecordSecurityAdvice' as const),
      advices: fc.array(one(codes.securityAdvices), { maxLength: 2 }),
    }),
    fc.record({ type: fc.constant('AnswerBreachTriage' as const), answer: one(codes.answers), reason: text }),
  )
  .map((command) => ({ sessionId, ...command }));

const commands: fc.Arbitrary<SessionCommand> = fc.oneof(
  { arbitrary: endings, weight: 2 },
  { arbitrary: afterthoughts, weight: 2 },
  { arbitrary: fc.constantFrom<SessionCommand>(written, oral), weight: 4 },
  { arbitrary: fc.record({ ...fixed(start), memberPresent: fc.boolean(), linkEncrypted: fc.boolean() }), weight: 2 },
  { arbitrary: fc.constant<SessionCommand>(start), weight: 4 },
  {
    arbitrary: fc.record({
      ...fixed(written),
      statements: fc.record({
        backup: fc.boolean(),
        authorise: maybe(fc.boolean()),
        bestEfforts: fc.boolean(),
        eightDays: fc.boolean(),
      }),
    }),
    weight: 1,
  },
  {
    arbitrary: fc
      .tuple(
        fc.oneof(
          fc.record({ type: one(['AttestPresence', 'ReportPresenceLost'] as const) }),
          fc.record({ type: fc.constant('PauseSession' as const), cause: one(codes.pauseCauses) }),
          fc.record({ type: fc.constant('ResumeSession' as const), memberPresent: fc.boolean() }),
          fc.record({
            type: one(['RecordStateBefore', 'RecordStateAfter'] as const),
            observed: fc.constant(true),
            state: text,
          }),
          fc.record({
            type: one(['RecordStateBefore', 'RecordStateAfter'] as const),
            observed: fc.constant(false),
            notObservedReason: one(codes.notObservedReasons),
          }),
          fc.record({
            type: fc.constant('RecordBackupAdvice' as const),
            backupStatus: one(codes.backupAnswers),
            adviceShown: fc.boolean(),
          }),
          fc.record({ type: fc.constant('StateNoAction' as const), reason: one(codes.noActionReasons) }),
          fc.record({
            type: one(['RecordDiagnosis', 'LogMemberQuestion', 'RecordExplanation'] as const),
            entryId: anyId,
            text,
          }),
          fc.record({
            type: fc.constant('RecordTemporaryCredential' as const),
            credentialId: anyId,
            method: one(codes.credentialMethods),
            changeAdvised: fc.boolean(),
          }),
          fc.record({
            type: one(['ConfirmCredentialChange', 'ConfirmAdminAccountRemoved'] as const),
            credentialId: anyId,
          }),
          fc.record({
            type: fc.constant('RecordRecommendations' as const),
            none: fc.boolean(),
            recommendations: fc.array(text, { maxLength: 2 }),
          }),
          fc.record({ type: fc.constant('AskFollowUp' as const), channel: one(codes.followUpChannels) }),
          fc.record({
            type: fc.constant('AnswerFollowUp' as const),
            passwordsChanged: one(codes.answers),
            computerWorks: one(codes.answers),
            adviceNoted: fc.boolean(),
          }),
          fc.record({
            type: fc.constant('AnswerPreparation' as const),
            closed: fc.boolean(),
            secretsTold: fc.boolean(),
            backup: one(codes.backupAnswers),
          }),
        ),
        optionalAt,
      )
      .map(([command, at]) => ({ sessionId, ...command, ...at })),
    weight: 16,
  },
  fc.record({
    type: fc.constant('CloseSession' as const),
    sessionId: fc.constant(sessionId),
    outcome: one(codes.outcomes),
  }),
  fc.record({
    type: fc.constant('AgreeExtension' as const),
    sessionId: fc.constant(sessionId),
    extensionId: anyId,
    minutes: fc.integer({ min: -1, max: 90 }),
    memberAccepted: fc.boolean(),
  }),
  fc
    .tuple(
      fc.record({
        actionId: anyId,
        category: one(codes.actionCategories),
        riskClass: one(codes.riskClasses),
        description: text,
        alreadyDone: fc.boolean(),
      }),
      maybe(time),
    )
    .map(([action, performedAt]) => ({
      type: 'RecordAction' as const,
      sessionId,
      ...action,
      ...(performedAt === undefined ? {} : { performedAt }),
    })),
  fc.record({
    type: fc.constant('ReviewDeviation' as const),
    sessionId: fc.constant(sessionId),
    deviationId: fc.constant('r1.1-d1'),
    comment: text,
  }),
  {
    arbitrary: fc.record({
      type: fc.constant('RequestStrikeOut' as const),
      sessionId: fc.constant(sessionId),
      strikeOutId: anyId,
      targetEventId: fc.constantFrom(2, 3, 4).map((revision) => metaOf('session-1', revision).eventId),
      field: one(['description', 'state', 'note']),
      reason: one(codes.strikeOutReasons),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      type: fc.constant('DecideStrikeOut' as const),
      sessionId: fc.constant(sessionId),
      strikeOutId: anyId,
      decision: one(strikeOutDecisions),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      type: fc.constant('RequestReport' as const),
      sessionId: fc.constant(sessionId),
      channel: one(codes.reportChannels),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      type: fc.constant('IssueReport' as const),
      sessionId: fc.constant(sessionId),
      reportId: anyId,
      asOfRevision: fc.constant(9),
      memberRevision: fc.constant(0),
      htmlSha256: one(['a'.repeat(64), 'b'.repeat(64)]),
      channel: one(codes.reportChannels),
    }),
    weight: 4,
  },
  fc.record({
    type: fc.constant('CorrectJournal' as const),
    sessionId: fc.constant(sessionId),
    correctionId: anyId,
    targetEventId: fc.constant(secondEvent),
    field: one(['description', 'at', 'problem']),
    value: text,
    reason: one(codes.correctionReasons),
  }),
  fc
    .record({
      startedAt: time,
      endedAt: time,
      memberPresent: one(codes.answers),
      linkEncrypted: one(codes.answers),
      problem: text,
    })
    .map((told) => ({
      type: 'RecordSessionAfterwards' as const,
      sessionId,
      technicianId: 't1',
      reason: 'forgotten' as const,
      ...told,
    })),
);

/** Each part of a command as a constant, for records that vary some of them. */
function fixed<T extends object>(value: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fc.constant(part)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };
}

/** A beginning, then commands in any order, each some minutes after the one before. */
export const steps = fc
  .tuple(
    fc.constantFrom(...beginnings),
    fc.array(fc.record({ command: commands, minutes: fc.integer({ min: 0, max: 12 }) }), {
      minLength: 1,
      maxLength: 40,
    }),
  )
  .map(([beginning, rest]) => [...beginning.map((command) => ({ command, minutes: 0 })), ...rest]);
