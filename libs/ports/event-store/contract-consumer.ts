import { setTimeout as sleep } from 'node:timers/promises';
import { category, type EventStoreRig, eventsOf, ids, newEvents, take } from './contract-rig.js';
import type { Delivery } from './event-store.js';

export function consumerCases(rig: EventStoreRig): void {
  describe('subscribe, for a consumer that fails', () => {
    it('ends where it throws, at an event or at a checkpoint, and for nobody else', async () => {
      const store = await rig.store();
      const [wanted, noise] = [category(), category()];
      const head = await store.head();
      const options = { ...(head === undefined ? {} : { after: head }), streamPrefixes: [wanted] };
      const events = newEvents(3);
      const following = take(store.subscribe(options), events.length);
      const failingAt = async (kind: Delivery['kind']) => {
        for await (const delivery of store.subscribe(options))
          if (delivery.kind === kind) throw new Error(`the consumer failed at an ${kind}`);
      };
      const failed = Promise.allSettled([failingAt('event'), failingAt('checkpoint')]);
      let over = false;
      void failed.then(() => {
        over = true;
      });
      await store.append(`${wanted}-0`, 'no-stream', events.slice(0, 1));
      for (let at = 0; !over; at += 1) {
        await store.append(`${noise}-${at}`, 'no-stream', newEvents(20));
        await sleep(20);
      }
      expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      await store.append(`${wanted}-1`, 'no-stream', events.slice(1));
      expect(ids(eventsOf(await following))).toEqual(ids(events));
    });
  });
}
