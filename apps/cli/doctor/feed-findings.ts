import { feedQueue } from '#application/feed/feed-queue.js';
import type { Temoin } from '#application/temoin.js';
import { subscribersOf } from '#views/subscriber-queries.js';
import { subscribersView } from '#views/subscribers.js';
import { COUNTED, secondsSince } from '../../composition/figures.js';
import { counted, type Finding, fault, lasting, note, ok } from './finding.js';

/** As the alerts say it: docs/guides/alerts. */
const FEED_IS_LATE = 4 * 3600;

/** What outside bodies have not been given yet, and who is paused. */
export async function feedFindings(temoin: Temoin): Promise<readonly Finding[]> {
  const what = 'feed';
  if (!temoin.views.some(({ schema }) => schema.name === subscribersView.schema.name)) return [];
  const { waiting, waitingSince, paused } = await feedQueue(temoin, COUNTED)();
  const active = (await subscribersOf(temoin, 'active')).length;
  if (active + paused === 0) return [ok(what, 'aucun abonné', 0)];
  const findings: Finding[] = [];
  if (waitingSince === undefined)
    findings.push(ok(what, `${counted(active, 'abonné actif', 'abonnés actifs')}, rien en attente`, 0));
  else {
    const seconds = secondsSince(waitingSince, temoin.clock.now());
    const many = waiting >= COUNTED ? `au moins ${COUNTED}` : String(waiting);
    const says = `${many} ${waiting < 2 ? 'événement' : 'événements'} à transmettre, le plus ancien depuis ${lasting(seconds)}`;
    const late = 'Un abonné ne les prend pas : docs/guides/alerts/WebhooksWait.md';
    findings.push(seconds > FEED_IS_LATE ? fault(what, says, late, waiting) : ok(what, says, waiting));
  }
  if (paused > 0)
    findings.push(
      note(
        what,
        `${counted(paused, 'abonné')} en pause, à qui aucun effacement n’est dit`,
        'GET /subscribers?standing=paused ; docs/guides/alerts/WebhooksPaused.md',
        paused,
      ),
    );
  return findings;
}
