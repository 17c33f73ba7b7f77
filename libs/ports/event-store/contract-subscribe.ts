import { setTimeout as sleep } from 'node:timers/promises';
import { settledMemory } from './contract-memory.js';
import { fill } from './contract-read.js';
import { all, category, type EventStoreRig, eventsOf, ids, newEvent, newEvents, take } from './contract-rig.js';
import type { Delivery, EventStore, NewEvent, Position } from './event-store.js';

/** History and live, with nothing lost between them. */
export function subscribeCases(rig: EventStoreRig): void {
  const patience = rig.contract.patience ?? 2000;

  describe('subscribe', () => {
    it('gives history, then what is appended, in the order of the log', async () => {
      const store = await rig.store();
      const kind = category();
      const [before, after] = [newEvents(5), newEvents(5)];
      await store.append(`${kind}-1`, 'no-stream', before);
      const taking = take(store.subscribe({ streamPrefixes: [kind] }), 10);
      await sleep(50);
      await store.append(`${kind}-2`, 'no-stream', after);
      expect(ids(eventsOf(await taking))).toEqual(ids([...before, ...after]));
    });

    it('starts after a position, in history or at the very end', async () => {
      const store = await rig.store();
      const kind = category();
      const events = newEvents(4);
      await store.append(`${kind}-1`, 'no-stream', events);
      const [, second, , fourth] = await all(store.readAll({ streamPrefixes: [kind] }));
      const from = (after: Position | undefined, count: number) =>
        take(store.subscribe({ ...(after && { after }), streamPrefixes: [kind] }), count);
      expect(ids(eventsOf(await from(second?.position, 2)))).toEqual(ids(events.slice(2)));
      const live = from(fourth?.position, 1);
      const late = newEvent();
      await store.append(`${kind}-2`, 'no-stream', [late]);
      expect(ids(eventsOf(await live))).toEqual([late.eventId]);
    });

    it('has no gap and no duplicate between history and live, while several writers append', async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      const kind = category();
      await fill(store, `${kind}-0`, 700);
      const writing = Promise.all(
        Array.from({ length: 8 }, async (_, writer) => {
          for (let at = 0; at < 20; at += 1)
            await (writer % 2 ? other : store).append(`${kind}-${writer + 1}.${at}`, 'no-stream', newEvents(2));
        }),
      );
      const followers = [store, other].map((one) => take(one.subscribe({ streamPrefixes: [kind] }), 700 + 320));
      await writing;
      const expected = ids(await all(store.readAll({ streamPrefixes: [kind] })));
      expect(expected).toHaveLength(1020);
      for (const taken of await Promise.all(followers)) expect(ids(eventsOf(taken))).toEqual(expected);
    });

    it('notices in good time what another instance appends', async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      await soonOnce(patience, async () => {
        const kind = category();
        const taking = take(store.subscribe({ ...(await fromNow(store)), streamPrefixes: [kind] }), 3);
        await sleep(100);
        const started = performance.now();
        for (let at = 0; at < 3; at += 1) await other.append(`${kind}-${at}`, 'no-stream', newEvents(1));
        expect(await taking).toHaveLength(3);
        return performance.now() - started;
      });
    });

    /**
     * In milliseconds, the middle one of seven. Each is appended when the one before has come: a store that looks for more at
     * intervals has just looked, and is late by nearly a whole one.
     */
    const delayOfOwn = async (store: EventStore): Promise<number> => {
      const kind = category();
      const options = { ...(await fromNow(store)), streamPrefixes: [kind] };
      const subscription = store.subscribe(options)[Symbol.asyncIterator]();
      const next = async (): Promise<number> => {
        while ((await subscription.next()).value?.kind === 'checkpoint');
        return performance.now();
      };
      const delays: number[] = [];
      for (let at = 0; at < 7; at += 1) {
        const coming = next();
        await store.append(`${kind}-${at}`, 'no-stream', newEvents(1));
        const appended = performance.now();
        delays.push((await coming) - appended);
      }
      await subscription.return?.();
      return delays.sort((one, other) => one - other)[3] ?? patience;
    };

    it('wakes at once for what its own instance appends', async () => {
      const store = await rig.store();
      await soonOnce(Math.min(150, patience), () => delayOfOwn(store));
    });

    it('says how far it is in a long stretch of other streams, and never beyond an event it still owes', async () => {
      const store = await rig.store();
      const [wanted, noise] = [category(), category()];
      const start = await fromNow(store);
      await store.append(`${wanted}-1`, 'no-stream', newEvents(1));
      await fill(store, `${noise}-1`, 6000);
      const last = await store.append(`${wanted}-2`, 'no-stream', newEvents(1));
      const seen: Delivery[] = [];
      for await (const delivery of store.subscribe({ ...start, streamPrefixes: [wanted] })) {
        seen.push(delivery);
        if (delivery.kind === 'event' && delivery.event.position === last.position) break;
      }
      const checkpoints = seen.filter((delivery) => delivery.kind === 'checkpoint');
      expect(checkpoints.length).toBeGreaterThanOrEqual(1);
      expect(checkpoints.length).toBeLessThan(600);
      const places = seen.map((one) => (one.kind === 'event' ? one.event.position : one.position));
      expect(places).toEqual([...places].sort());
    });

    it('says how far it is when only other streams grow, and resumes from there without losing anything', async () => {
      const store = await rig.store();
      const [wanted, noise] = [category(), category()];
      const controller = new AbortController();
      let reached: Position | undefined;
      const following = (async () => {
        for await (const delivery of store.subscribe({ streamPrefixes: [wanted], signal: controller.signal }))
          if (delivery.kind === 'checkpoint') reached = delivery.position;
      })();
      const { position } = await store.append(`${noise}-0`, 'no-stream', newEvents(1));
      for (let at = 1; (reached ?? '') < position; at += 1) {
        await store.append(`${noise}-${at}`, 'no-stream', newEvents(20));
        await sleep(20);
      }
      controller.abort();
      await following;
      const event = newEvent();
      await store.append(`${wanted}-1`, 'no-stream', [event]);
      const resumed = await take(store.subscribe({ after: reached as Position, streamPrefixes: [wanted] }), 1);
      expect(ids(eventsOf(resumed))).toEqual([event.eventId]);
    });

    it('waits for its consumer: events come one at a time and in order, however slow it is', async () => {
      const store = await rig.store();
      const kind = category();
      const events = newEvents(40);
      let busy = 0;
      const seen: string[] = [];
      const following = (async () => {
        for await (const delivery of store.subscribe({ streamPrefixes: [kind] })) {
          if (delivery.kind !== 'event') continue;
          busy += 1;
          expect(busy).toBe(1);
          await sleep(2);
          seen.push(delivery.event.eventId);
          busy -= 1;
          if (seen.length === events.length) return;
        }
      })();
      for (const [index, event] of events.entries()) await store.append(`${kind}-${index}`, 'no-stream', [event]);
      await following;
      expect(seen).toEqual(ids(events));
    });

    if (rig.contract.keepsEventsOnDisk !== false)
      it('costs no memory while its consumer is away', async () => {
        const place = await rig.place();
        const kind = category();
        const subscription = (await place.open()).subscribe({ streamPrefixes: [kind] })[Symbol.asyncIterator]();
        const large = (): NewEvent => ({ ...newEvent(), data: new Uint8Array(900_000).fill(0x20) });
        let written = 0;
        const write = async (count: number) => {
          const writer = await place.open();
          for (const end = written + count; written < end; written += 1)
            await writer.append(`${kind}-${written}`, 'no-stream', [large()]);
          await writer.close();
        };
        let taken = 0;
        const takeAll = async () => {
          while (taken < written) if ((await subscription.next()).value?.kind === 'event') taken += 1;
        };
        // The first round lets the process grow to what writing costs; of the others one must cost nothing more: what else the
        // process does only adds, and a subscription that keeps what comes grows in each.
        await write(50);
        await takeAll();
        const grown: number[] = [];
        do {
          const before = await settledMemory();
          await write(50);
          grown.push((await settledMemory()) - before);
          await takeAll();
        } while (Math.min(...grown) >= 25_000_000 && grown.length < 6);
        expect(Math.min(...grown)).toBeLessThan(25_000_000);
        expect(taken).toBe(written);
        await subscription.return?.();
      });

    it('ends without an error when its signal is given: before, while waiting, or amid events', async () => {
      const store = await rig.store();
      const kind = category();
      expect(await all(store.subscribe({ signal: AbortSignal.abort() }))).toEqual([]);
      const waiting = new AbortController();
      const idle = all(store.subscribe({ streamPrefixes: [category()], signal: waiting.signal }));
      await sleep(50);
      waiting.abort();
      expect((await idle).filter((delivery) => delivery.kind === 'event')).toEqual([]);
      await fill(store, `${kind}-1`, 600);
      const amid = new AbortController();
      let seen = 0;
      for await (const delivery of store.subscribe({ streamPrefixes: [kind], signal: amid.signal })) {
        if (delivery.kind !== 'event') continue;
        seen += 1;
        if (seen === 3) amid.abort();
      }
      expect(seen).toBe(3);
    });

    it('lets several subscriptions follow side by side, each at its own pace', async () => {
      const store = await rig.store();
      const kind = category();
      const followers = [0, 1, 2].map(async (pace) => {
        const seen: string[] = [];
        for await (const delivery of store.subscribe({ streamPrefixes: [kind] })) {
          if (delivery.kind !== 'event') continue;
          if (pace > 0) await sleep(pace);
          seen.push(delivery.event.eventId);
          if (seen.length === 60) break;
        }
        return seen;
      });
      const events = newEvents(60);
      for (let at = 0; at < 60; at += 10) await store.append(`${kind}-${at}`, 'no-stream', events.slice(at, at + 10));
      for (const seen of await Promise.all(followers)) expect(seen).toEqual(ids(events));
    });
  });
}

/** A busy machine is late now and then, even often; what waits for something else than the event is late each time. */
async function soonOnce(withinMs: number, delay: () => Promise<number>): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; least >= withinMs && attempt < 40; attempt += 1) least = Math.min(least, await delay());
  expect(least).toBeLessThan(withinMs);
}

/** The present end, for tests of what comes next: a log that tests share may have a long history. */
async function fromNow(store: EventStore): Promise<{ readonly after?: Position }> {
  const after = await store.head();
  return after === undefined ? {} : { after };
}
