import { type EndReason, endReasons, type SubscriberTopic, subscriberTopics } from '#domain/subscriber/codes.js';
import { type SubscriberStanding, subscriberStandings } from '#domain/subscriber/state.js';
import type { LocalDate } from '#kernel/time.js';
import { Day, OneOf, Pattern, SomeOf, Text } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';
import { Sort } from '../fields/query-fields.js';

/** What an address is made of; which ones are taken is a rule of the charter, and its refusal says why. */
const Address = (): PropertyDecorator =>
  Pattern(/^[!-~]{1,500}$/, 'une adresse sans espace ni accent, 500 caractères au plus', {
    doc: 'Where batches are posted: https, a host name, no user, no query. In a simulation this machine alone, http too.',
    example: 'https://abonne.exemple.fr/temoin',
  });

export class RegisterSubscriberBody {
  @Text(200, { doc: 'Who is given the feed.' }) declare readonly subscriberName: string;
  @Text(400, { doc: 'What for, as agreed.' }) declare readonly subscriberPurpose: string;
  @Address() declare readonly address: string;
  @SomeOf(subscriberTopics, 1, { doc: 'What it is told of.', example: ['session'] })
  declare readonly topics: readonly SubscriberTopic[];
  @Day({ doc: 'Date of the contract; not in the future.' }) declare readonly agreementOn: LocalDate;
}

export class ChangeSubscriberAddressBody {
  @Address() declare readonly address: string;
}

export class EndSubscriberBody {
  @OneOf(endReasons, { doc: 'Why.' }) declare readonly reason: EndReason;
}

export class SubscribersQuery extends PageQuery {
  @OneOf(subscriberStandings, { doc: 'Only these.', optional: true }) declare readonly standing?: SubscriberStanding;
  @Sort('registeredAt', 'agreementOn')
  declare readonly sort?: 'registeredAt' | '-registeredAt' | 'agreementOn' | '-agreementOn';
}
