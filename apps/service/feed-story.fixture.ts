import type { Temoin } from '#application/temoin.js';
import type { SubscriberTopic } from '#domain/subscriber/codes.js';
import { plusMilliseconds } from '#kernel/time.js';
import { openWebhookReceiver, type WebhookReceiver } from '#testing/webhook-receiver.js';
import { govern, register, type SliceFeed, standingOf, startSliceFeed } from './feed.fixture.js';
import { openSlice, type Slice } from './slice.js';
import { prepareStory, publishCharter, type Story } from './slice-story.js';

/** A slice with a member, for the tests of one `describe`; each test has subscribers, receivers and a feed of its own. */
export function feedStory() {
  let slice: Slice;
  let story: Story;
  let receivers: WebhookReceiver[] = [];
  let subscribers: string[] = [];
  let running: SliceFeed | undefined;
  let count = 0;
  beforeAll(async () => {
    slice = await openSlice();
    story = await prepareStory(slice, await publishCharter(slice));
  });
  afterAll(() => slice.close());
  afterEach(async () => {
    await running?.feed.stop();
    running = undefined;
    for (const receiver of receivers) await receiver.close();
    for (const subscriberId of subscribers)
      if ((await standingOf(slice, subscriberId))?.standing === 'active')
        await govern(slice.temoin, { type: 'EndSubscriber', subscriberId, reason: 'no-longer-needed' });
    receivers = [];
    subscribers = [];
  });

  const start = (through?: (temoin: Temoin) => Temoin): SliceFeed => {
    running = startSliceFeed(slice, through);
    return running;
  };
  return {
    slice: () => slice,
    story: () => story,
    async subscribed(topics?: readonly SubscriberTopic[]): Promise<readonly [string, WebhookReceiver]> {
      count += 1;
      const receiver = await openWebhookReceiver();
      receivers.push(receiver);
      subscribers.push(`a${count}`);
      await register(slice, `a${count}`, receiver.url, topics);
      return [`a${count}`, receiver];
    },
    /** The feed of this test, begun where it was not, after a look. */
    async looked(through?: (temoin: Temoin) => Temoin): Promise<SliceFeed> {
      const one = running ?? start(through);
      await one.feed.look();
      return one;
    },
    start,
    /** The process ends; the next look is another one’s. */
    async ended(): Promise<void> {
      await running?.feed.stop();
      running = undefined;
    },
    /** A request that is received and declined: two events. */
    async ask(): Promise<void> {
      const { memberId } = story;
      const answers = { commercialUse: false, confidentialDataPresent: false };
      const { id } = await slice.ok('Technician', 'POST', '/requests', {
        ...{ memberId, problem: 'Panne.', channel: 'phone' },
        ...answers,
      });
      await slice.ok('SupportLead', 'POST', `/requests/${id}/decline`, { reason: 'on-site' });
    },
    later: (milliseconds: number) => slice.moveTo(plusMilliseconds(slice.temoin.clock.now(), milliseconds)),
  };
}
