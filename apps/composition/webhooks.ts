import { httpsWebhooks, type WebhookOptions } from '#adapters/webhook-https/webhook-https.js';
import type { Signer } from '#evidence/signature.js';
import type { WebhookSender } from '#ports/webhook-sender/webhook-sender.js';

/**
 * The way out for the feed: signed with the key that signs certificates, whose public half the service publishes, so that
 * no secret is shared with anybody. A simulation reaches nobody but this machine, as for mail.
 */
export const openWebhooks = (
  simulated: boolean,
  signer: Pick<Signer, 'sign'>,
  { timeoutMs }: Pick<WebhookOptions, 'timeoutMs'> = {},
): WebhookSender =>
  httpsWebhooks({
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    reach: simulated ? 'loopback' : 'public',
    sign: (bytes) => Buffer.from(signer.sign(bytes).value, 'base64url').toString('base64'),
  });
