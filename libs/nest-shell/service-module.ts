import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { CalendarController } from './calendar/calendar.controller.js';
import { AcknowledgementController } from './charter/acknowledgement.controller.js';
import { CharterController } from './charter/charter.controller.js';
import { commandHandlers } from './commands/command-handlers.js';
import { Commands } from './commands/commands.js';
import { Receipts } from './commands/receipts.js';
import { ComplaintController } from './complaint/complaint.controller.js';
import { ComplaintQueriesController } from './complaint/complaint-queries.controller.js';
import { HoldController } from './custody/hold.controller.js';
import { DestructionController } from './erasure/destruction.controller.js';
import { SigningKeyController } from './erasure/signing-key.controller.js';
import { AccessGuard } from './identity/access.guard.js';
import { KeepingController } from './keeping/keeping.controller.js';
import { LetterController } from './letter/letter.controller.js';
import { PaperController } from './letter/paper.controller.js';
import { MemberController } from './member/member.controller.js';
import { RestrictionController } from './member/restriction.controller.js';
import { ProcessController } from './process/process.controller.js';
import { AskHandler, Queries } from './queries/ask.js';
import { Consultations } from './queries/consultations.js';
import { JournalQueriesController } from './queries/journal-queries.controller.js';
import { JournalSearchController } from './queries/journal-search.controller.js';
import { OverviewController } from './queries/overview.controller.js';
import { RuleComplianceController } from './queries/rule-compliance.controller.js';
import { StreamController } from './queries/stream.controller.js';
import { DisclosureController } from './registers/disclosure.controller.js';
import { IncidentController } from './registers/incident.controller.js';
import { RegisterController } from './registers/register.controller.js';
import { RequestController } from './request/request.controller.js';
import { RequestStrikeOutController } from './request/request-strike-out.controller.js';
import { RetentionController } from './retention/retention.controller.js';
import { ExportController } from './rights/export.controller.js';
import { RightsController } from './rights/rights.controller.js';
import { RightsQueriesController } from './rights/rights-queries.controller.js';
import { ServiceController } from './service/service.controller.js';
import { PARTS, type ServiceParts } from './service-parts.js';
import { ConsentController } from './session/consent.controller.js';
import { ContestController } from './session/contest.controller.js';
import { CourseController } from './session/course.controller.js';
import { JournalController } from './session/journal.controller.js';
import { ReportController } from './session/report.controller.js';
import { StrikeOutController } from './session/strike-out.controller.js';
import { StaffController } from './staff/staff.controller.js';
import { TokenController } from './staff/token.controller.js';
import { SubscriberController } from './subscriber/subscriber.controller.js';

export const controllers: readonly Type[] = [
  CharterController,
  AcknowledgementController,
  CalendarController,
  StaffController,
  TokenController,
  MemberController,
  RequestController,
  ConsentController,
  ContestController,
  CourseController,
  JournalController,
  ReportController,
  JournalQueriesController,
  JournalSearchController,
  ComplaintController,
  ComplaintQueriesController,
  LetterController,
  PaperController,
  ProcessController,
  RightsController,
  RightsQueriesController,
  HoldController,
  RestrictionController,
  StrikeOutController,
  RequestStrikeOutController,
  ExportController,
  RetentionController,
  IncidentController,
  DisclosureController,
  RegisterController,
  SubscriberController,
  KeepingController,
  OverviewController,
  RuleComplianceController,
  StreamController,
  DestructionController,
  SigningKeyController,
  ServiceController,
];

@Module({})
class ServiceModule {}

export const serviceModule = (parts: ServiceParts): DynamicModule => ({
  module: ServiceModule,
  imports: [CqrsModule.forRoot()],
  controllers: [...controllers],
  providers: [
    { provide: PARTS, useValue: parts },
    { provide: APP_GUARD, useClass: AccessGuard },
    Commands,
    Receipts,
    Queries,
    Consultations,
    AskHandler,
    ...commandHandlers,
  ],
});
