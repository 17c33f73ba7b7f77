import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { SubscriberTopic } from '#domain/subscriber/codes.js';
import type { Opened, Sealed } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import type { ViewDeps } from '#views/query.js';
import { subscribersOf } from '#views/subscriber-queries.js';

/** An outside body that is, or was, given the pseudonymous feed; who it is still sealed. */
export interface FeedRecipient {
  readonly name: Sealed<string>;
  readonly purpose: Sealed<string>;
  readonly topics: readonly SubscriberTopic[];
  readonly agreementOn: LocalDate;
  /** Last day on which it was one. */
  readonly endedOn?: LocalDate;
}

/** The same, opened. */
export type OpenedRecipient = Omit<FeedRecipient, 'name' | 'purpose'> & {
  readonly name: Opened<string>;
  readonly purpose: Opened<string>;
};

/**
 * Subscribers as recipients (GDPR 15(1)(c), 30(1)(d)), oldest registration first. One that is paused is a recipient still.
 * @param past with those that were ended and had been given something
 */
export async function feedRecipients(
  { viewStore, time }: Pick<ViewDeps, 'viewStore'> & { readonly time: CivilTime },
  past: boolean,
): Promise<readonly FeedRecipient[]> {
  const all = await subscribersOf({ viewStore });
  return all.flatMap(({ standing, endedAt, eventsDelivered, name, purpose, topics, agreementOn }) => {
    if (standing !== 'ended') return [{ name, purpose, topics, agreementOn }];
    if (!past || endedAt === undefined || eventsDelivered === 0) return [];
    return [{ name, purpose, topics, agreementOn, endedOn: time.toLocal(endedAt).date }];
  });
}

const topicWords: Readonly<Record<SubscriberTopic, string>> = {
  consent: 'les consentements',
  session: 'les interventions',
  request: 'les demandes d’appui',
  complaint: 'les réclamations',
};

/** French; undefined of one whose name was destroyed with the end of its time. */
export function recipientWords(one: OpenedRecipient, time: CivilTime): string | undefined {
  if (one.name.state !== 'present') return undefined;
  const purpose = one.purpose.state === 'present' ? ` (${one.purpose.value})` : '';
  const until = one.endedOn === undefined ? '' : `, jusqu’au ${frenchDate(one.endedOn, time, { year: true })}`;
  const about = one.topics.map((topic) => topicWords[topic]).join(', ');
  return `${one.name.value}${purpose}, abonné aux événements par un accord du ${frenchDate(one.agreementOn, time, { year: true })}${until} : identifiants, dates et codes sur ${about}, sans nom ni texte`;
}
