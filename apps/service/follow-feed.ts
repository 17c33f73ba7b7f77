import type { Logger } from 'pino';
import { sourceOf } from '#application/feed/cloud-event.js';
import { type Feed, startFeed } from '#application/feed/feed.js';
import type { Installation } from '../composition/installation.js';
import { tracedWebhooks } from '../composition/traced.js';
import { openWebhooks } from '../composition/webhooks.js';
import { logAlarm } from './log.js';

/** @returns undefined while the ledger is not trusted: no address would open */
export function followFeed(
  { temoin, gate, config, record, signer, tracer }: Installation,
  log: Logger,
): Feed | undefined {
  if (gate.fault !== undefined) return undefined;
  const sender = openWebhooks(config.simulated, signer);
  return startFeed({
    temoin,
    sender: tracer ? tracedWebhooks(tracer, sender) : sender,
    source: sourceOf(record.id),
    onAlarm: logAlarm(log),
    onFailed: (failed) => log.warn(failed, 'a delivery to a subscriber was not taken, tried again'),
  });
}
