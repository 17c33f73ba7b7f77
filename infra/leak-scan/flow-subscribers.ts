import type { Client, Json } from '../demo/http-client.js';
import type { Post } from './flow-rights.js';
import type { Planter } from './planter.js';

/** Nobody listens there: what is tried, and what is noted of it, is looked through like everything else. */
const ELSEWHERE = 'http://127.0.0.1:9';

interface SubscriberFlow {
  readonly post: Post;
  readonly refuse: (path: string, body: Json) => Promise<void>;
  readonly api: Client;
  readonly planter: Planter;
  /** Where somebody listens: what is received there is looked through too. */
  readonly receiver: string;
}

/**
 * Two outside bodies with a token in their names, purposes and the paths of their addresses: one stays, is given the whole feed,
 * and is named by copies and registers; one is moved, paused, taken up again and ended.
 */
export async function plantSubscribers({ post, refuse, api, planter, receiver }: SubscriberFlow): Promise<void> {
  const agreed = { topics: ['session', 'complaint'], agreementOn: '2026-06-01' };
  const all = { topics: ['consent', 'session', 'request', 'complaint'], agreementOn: '2026-06-01' };
  const address = (where: string, at = ELSEWHERE) => ({ address: `${at}/${planter.token(where, 'ascii')}` });
  const stays = (await post('/subscribers', { ...all, ...address('POST /subscribers.address', receiver) })).id;
  const ends = (await post('/subscribers', { ...agreed, ...address('POST /subscribers.address') })).id;
  const secret = planter.token('the query of an address that is refused', 'ascii');
  await refuse('/subscribers', { ...agreed, address: `${ELSEWHERE}/?cle=${secret}` });
  await post(`/subscribers/${ends}/pause`);
  await post(`/subscribers/${ends}/address`, address('POST /subscribers/{subscriberId}/address.address'));
  await post(`/subscribers/${ends}/resume`);
  await post(`/subscribers/${ends}/end`, { reason: 'agreement-ended' });
  for (const path of ['/subscribers', `/subscribers/${stays}`, `/subscribers/${ends}`, '/registers/processing'])
    await api.get(path);
}
