import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchMoment } from '#domain/deadlines/french-date.js';
import type { DeliveryFault } from '#domain/subscriber/codes.js';
import type { Instant } from '#kernel/time.js';
import { equals, findAll, type ViewDeps } from './query.js';
import { type SubscriberDocument, subscribersView } from './subscribers.js';
import type { WorkPart } from './work-part.js';

/** A subscriber whose batches do not arrive: nothing is sent any more until somebody decides. */
export interface FailingSubscriber {
  readonly subscriberId: string;
  readonly pausedAt: Instant;
  /** Attempts in a row that failed. */
  readonly attempts: number;
  readonly lastFault?: DeliveryFault;
  /** HTTP status, of the fault `status`. */
  readonly lastStatus?: number;
  /** French: what is so, and what to do. */
  readonly detail: string;
}

const faults: Readonly<Record<DeliveryFault, string>> = {
  unreachable: 'sa machine ne répond pas',
  timeout: 'sa machine met trop de temps à répondre',
  tls: 'sa connexion chiffrée n’est pas valable',
  'refused-address': 'son adresse mène à un endroit où rien ne doit être envoyé',
  status: 'sa machine refuse les envois',
};

/** Whoever pauses such a one by hand has seen it: it leaves the list. */
export async function failingSubscribers(
  { viewStore, civilTime }: Pick<ViewDeps, 'viewStore'> & { readonly civilTime: CivilTime },
  limit: number,
): Promise<WorkPart<FailingSubscriber>> {
  const paused = await findAll<SubscriberDocument>(viewStore, subscribersView.schema, {
    collection: 'subscribers',
    where: equals({ standing: 'paused' }),
    orderBy: { field: 'registeredAt', direction: 'asc' },
  });
  const failing = paused.flatMap(({ pausedFor, pausedAt, subscriberId, attempts, lastFault, lastStatus }) => {
    if (pausedFor !== 'failing' || pausedAt === undefined) return [];
    const line: FailingSubscriber = {
      subscriberId,
      pausedAt,
      attempts,
      ...(lastFault === undefined ? {} : { lastFault }),
      ...(lastStatus === undefined ? {} : { lastStatus }),
      detail: detailOf({ pausedAt, attempts, lastFault, lastStatus }, civilTime),
    };
    return [line];
  });
  return { items: failing.slice(0, limit), total: failing.length };
}

interface Failing {
  readonly pausedAt: Instant;
  readonly attempts: number;
  readonly lastFault: DeliveryFault | undefined;
  readonly lastStatus: number | undefined;
}

function detailOf({ pausedAt, attempts, lastFault, lastStatus }: Failing, civilTime: CivilTime): string {
  const status = lastStatus === undefined ? '' : ` (réponse ${lastStatus})`;
  const why = lastFault === undefined ? '' : ` : ${faults[lastFault]}${status}`;
  return `Plus rien n’est envoyé à un abonné depuis le ${frenchMoment(pausedAt, civilTime)}, après ${attempts} essais sans succès${why}. Voyez avec lui, corrigez son adresse s’il le faut, puis reprenez les envois ; ou mettez-y fin.`;
}
