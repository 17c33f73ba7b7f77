import { Inject, type Type } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandEnvelope, CommandOutcome } from '#application/command.js';
import type { AccessCommand } from '#domain/access/commands.js';
import type { AssociationCommand } from '#domain/association/commands.js';
import type { CalendarCommand } from '#domain/calendar/commands.js';
import type { CharterCommand } from '#domain/charter/commands.js';
import type { ComplaintCommand } from '#domain/complaint/commands.js';
import type { CustodyCommand } from '#domain/custody/commands.js';
import type { IncidentCommand } from '#domain/incident/commands.js';
import type { LetterCommand } from '#domain/letter/commands.js';
import type { MemberCommand } from '#domain/member/commands.js';
import type { ProcessCommand } from '#domain/process/process.js';
import type { RequestCommand } from '#domain/request/commands.js';
import type { RightsCommand } from '#domain/rights/commands.js';
import type { SessionCommand } from '#domain/session/commands.js';
import type { StaffCommand } from '#domain/staff/commands.js';
import type { SubscriberDecision } from '#domain/subscriber/commands.js';
import type { TokenCommand } from '#domain/token/commands.js';
import { PARTS, type ServiceParts } from '../service-parts.js';

/** Nest's command bus finds handlers by class: one envelope class for each aggregate, not one for each command. */
class Envelope<C extends { readonly type: string }> extends Command<CommandOutcome> {
  constructor(readonly envelope: CommandEnvelope<C>) {
    super();
  }
}

export class CharterEnvelope extends Envelope<CharterCommand> {}
export class CalendarEnvelope extends Envelope<CalendarCommand> {}
export class StaffEnvelope extends Envelope<StaffCommand> {}
export class TokenEnvelope extends Envelope<TokenCommand> {}
export class MemberEnvelope extends Envelope<MemberCommand> {}
export class RequestEnvelope extends Envelope<RequestCommand> {}
export class SessionEnvelope extends Envelope<SessionCommand> {}
export class AccessEnvelope extends Envelope<AccessCommand> {}
export class RightsEnvelope extends Envelope<RightsCommand> {}
export class CustodyEnvelope extends Envelope<CustodyCommand> {}
export class ComplaintEnvelope extends Envelope<ComplaintCommand> {}
export class IncidentEnvelope extends Envelope<IncidentCommand> {}
export class AssociationEnvelope extends Envelope<AssociationCommand> {}
export class SubscriberEnvelope extends Envelope<SubscriberDecision> {}
export class LetterEnvelope extends Envelope<LetterCommand> {}
export class ProcessEnvelope extends Envelope<ProcessCommand> {}

/** A command of an aggregate, and the streams that may take it. */
export const aggregates = {
  charter: CharterEnvelope,
  calendar: CalendarEnvelope,
  staff: StaffEnvelope,
  token: TokenEnvelope,
  member: MemberEnvelope,
  request: RequestEnvelope,
  session: SessionEnvelope,
  access: AccessEnvelope,
  rights: RightsEnvelope,
  custody: CustodyEnvelope,
  complaint: ComplaintEnvelope,
  incident: IncidentEnvelope,
  association: AssociationEnvelope,
  subscriber: SubscriberEnvelope,
  letter: LetterEnvelope,
  process: ProcessEnvelope,
} as const;
export type Category = keyof typeof aggregates;
type CommandIn<E> = E extends Envelope<infer C> ? C : never;
export type CommandOf<A extends Category> = CommandIn<InstanceType<(typeof aggregates)[A]>>;

abstract class Handler {
  constructor(@Inject(PARTS) private readonly parts: ServiceParts) {}
  execute({ envelope }: { readonly envelope: CommandEnvelope }): Promise<CommandOutcome> {
    return this.parts.temoin.execute(envelope);
  }
}

@CommandHandler(CharterEnvelope)
class CharterHandler extends Handler implements ICommandHandler<CharterEnvelope> {}
@CommandHandler(CalendarEnvelope)
class CalendarHandler extends Handler implements ICommandHandler<CalendarEnvelope> {}
@CommandHandler(StaffEnvelope)
class StaffHandler extends Handler implements ICommandHandler<StaffEnvelope> {}
@CommandHandler(TokenEnvelope)
class TokenHandler extends Handler implements ICommandHandler<TokenEnvelope> {}
@CommandHandler(MemberEnvelope)
class MemberHandler extends Handler implements ICommandHandler<MemberEnvelope> {}
@CommandHandler(RequestEnvelope)
class RequestHandler extends Handler implements ICommandHandler<RequestEnvelope> {}
@CommandHandler(SessionEnvelope)
class SessionHandler extends Handler implements ICommandHandler<SessionEnvelope> {}
@CommandHandler(AccessEnvelope)
class AccessHandler extends Handler implements ICommandHandler<AccessEnvelope> {}
@CommandHandler(RightsEnvelope)
class RightsHandler extends Handler implements ICommandHandler<RightsEnvelope> {}
@CommandHandler(CustodyEnvelope)
class CustodyHandler extends Handler implements ICommandHandler<CustodyEnvelope> {}
@CommandHandler(ComplaintEnvelope)
class ComplaintHandler extends Handler implements ICommandHandler<ComplaintEnvelope> {}
@CommandHandler(IncidentEnvelope)
class IncidentHandler extends Handler implements ICommandHandler<IncidentEnvelope> {}
@CommandHandler(AssociationEnvelope)
class AssociationHandler extends Handler implements ICommandHandler<AssociationEnvelope> {}
@CommandHandler(SubscriberEnvelope)
class SubscriberHandler extends Handler implements ICommandHandler<SubscriberEnvelope> {}
@CommandHandler(LetterEnvelope)
class LetterHandler extends Handler implements ICommandHandler<LetterEnvelope> {}
@CommandHandler(ProcessEnvelope)
class ProcessHandler extends Handler implements ICommandHandler<ProcessEnvelope> {}

export const commandHandlers: readonly Type[] = [
  CharterHandler,
  CalendarHandler,
  StaffHandler,
  TokenHandler,
  MemberHandler,
  RequestHandler,
  SessionHandler,
  AccessHandler,
  RightsHandler,
  CustodyHandler,
  ComplaintHandler,
  IncidentHandler,
  AssociationHandler,
  SubscriberHandler,
  LetterHandler,
  ProcessHandler,
];
