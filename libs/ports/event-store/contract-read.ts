import { all, category, type EventStoreRig, ids, newEvent, newEvents, revisions } from './contract-rig.js';
import type { EventStore, NewEvent, Position } from './event-store.js';
import { positionOf } from './position.js';

/** Reading a stream and the whole log. */
export function readCases(rig: EventStoreRig): void {
  describe('readStream', () => {
    it('gives back the very bytes of data and metadata, whatever they are', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      const text = new TextEncoder();
      const contents = [
        '{}',
        '{"é":"« ’ »","n":1e2, "z" : null }',
        '{"a":"\u{1f980}\\u0000\\ud800"}',
        `{"x":"${'y'.repeat(9000)}"}`,
      ];
      const events = contents.map(
        (content, index): NewEvent => ({
          ...newEvent(),
          data: text.encode(content),
          metadata: text.encode(`{ "at":${index} }`),
        }),
      );
      // A view in the middle of a larger buffer, as Buffer.from gives: only the view is stored.
      const inside = Buffer.from(`secret${contents[1]}secret`);
      events.push({ ...newEvent(), data: inside.subarray(6, inside.length - 6), metadata: text.encode('{}') });
      await store.append(stream, 'no-stream', events);
      const stored = await all(store.readStream(stream));
      expect(stored.map((event) => Buffer.from(event.data).toString('hex'))).toEqual(
        events.map((event) => Buffer.from(event.data).toString('hex')),
      );
      expect(stored.map((event) => Buffer.from(event.metadata).toString())).toEqual(
        events.map((event) => Buffer.from(event.metadata).toString()),
      );
      expect(stored.map(({ type, stream: of }) => [type, of])).toEqual(events.map(() => ['Happened', stream]));
      expect(ids(stored)).toEqual(ids(events));
    });

    it('keeps what was stored when a caller changes its own arrays', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      const event = newEvent('kept');
      const before = Buffer.from(event.data).toString();
      const appending = store.append(stream, 'no-stream', [event]);
      await appending;
      event.data.fill(0);
      const [first] = await all(store.readStream(stream));
      first?.data.fill(1);
      const [second] = await all(store.readStream(stream));
      expect(Buffer.from(second?.data ?? []).toString()).toBe(before);
    });

    it('gives nothing for a stream that does not exist', async () => {
      const store = await rig.store();
      await store.append(`${category()}-a`, 'no-stream', newEvents(1));
      for (const name of [`${category()}-1`, 'nothing', '', 'a\0b', "x' OR 1=1 --"])
        expect(await all(store.readStream(name))).toEqual([]);
      expect(await all(store.readStream(`${category()}-1`, { direction: 'backwards' }))).toEqual([]);
    });

    it('does not take a stream for another whose name it starts', async () => {
      const store = await rig.store();
      const kind = category();
      await store.append(`${kind}-1`, 'no-stream', newEvents(1));
      await store.append(`${kind}-10`, 'no-stream', newEvents(2));
      expect(await all(store.readStream(`${kind}-1`))).toHaveLength(1);
    });

    it.each([
      [{}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
      [{ from: 7 }, [7, 8, 9]],
      [{ from: 0, limit: 2 }, [0, 1]],
      [{ from: 8, limit: 5 }, [8, 9]],
      [{ from: 10 }, []],
      [{ limit: 0 }, []],
      [{ direction: 'backwards' }, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
      [{ direction: 'backwards', limit: 1 }, [9]],
      [{ direction: 'backwards', from: 2 }, [2, 1, 0]],
      [{ direction: 'backwards', from: 5, limit: 2 }, [5, 4]],
      [{ direction: 'backwards', from: 99 }, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
      [{ direction: 'backwards', from: 0 }, [0]],
    ] as const)('reads %j of ten events as %j', async (options, expected) => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      await store.append(stream, 'no-stream', newEvents(10));
      expect(revisions(await all(store.readStream(stream, options)))).toEqual(expected);
    });

    it('reads a stream of many pages, both ways, and with a limit over a page', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      await fill(store, stream, 1200);
      const order = Array.from({ length: 1200 }, (_, index) => index);
      expect(revisions(await all(store.readStream(stream)))).toEqual(order);
      expect(revisions(await all(store.readStream(stream, { direction: 'backwards' })))).toEqual([...order].reverse());
      expect(revisions(await all(store.readStream(stream, { from: 300, limit: 700 })))).toEqual(order.slice(300, 1000));
    });

    it('may be left early', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      await fill(store, stream, 600);
      for await (const event of store.readStream(stream)) if (event.revision === 3) break;
      expect((await store.append(stream, 599, newEvents(1))).revision).toBe(600);
    });
  });

  describe('readAll', () => {
    it('gives the events of all streams in one order, each stream in its own', async () => {
      const store = await rig.store();
      const kind = category();
      const written: NewEvent[] = [];
      for (let round = 0; round < 6; round += 1)
        for (const id of ['a', 'b']) {
          const events = newEvents(2);
          written.push(...events);
          await store.append(`${kind}-${id}`, round === 0 ? 'no-stream' : round * 2 - 1, events);
        }
      const read = await all(store.readAll({ streamPrefixes: [`${kind}-`] }));
      expect(ids(read)).toEqual(ids(written));
      const positions = read.map((event) => event.position);
      expect(positions).toEqual([...new Set(positions)].sort());
    });

    it('starts after a position, keeps to a limit, and goes on from where it stopped', async () => {
      const store = await rig.store();
      const kind = category();
      await fill(store, `${kind}-1`, 20);
      const streamPrefixes = [kind];
      const whole = await all(store.readAll({ streamPrefixes }));
      const paged: string[] = [];
      for (let after: Position | undefined; ; ) {
        const page: typeof whole = await all(store.readAll({ streamPrefixes, limit: 7, ...(after && { after }) }));
        paged.push(...ids(page));
        after = page.at(-1)?.position;
        if (page.length < 7) break;
      }
      expect(paged).toEqual(ids(whole));
      expect(await all(store.readAll({ after: whole.at(-1)?.position as Position, streamPrefixes }))).toEqual([]);
      expect(await all(store.readAll({ limit: 0 }))).toEqual([]);
    });

    it('keeps streams by any of several prefixes, and none for an empty list', async () => {
      const store = await rig.store();
      const [one, two, three] = [category(), category(), category()];
      for (const kind of [one, two, three]) await store.append(`${kind}-1`, 'no-stream', newEvents(1));
      const streams = async (streamPrefixes: readonly string[]) =>
        (await all(store.readAll({ streamPrefixes }))).map((event) => event.stream);
      expect(await streams([one, `${three}-`])).toEqual([`${one}-1`, `${three}-1`]);
      expect(await streams([`${two}-1`, `${two}-`])).toEqual([`${two}-1`]);
      expect(await streams([`${two}-2`, '%', '*', `${one.slice(0, -1)}_`])).toEqual([]);
      expect(await streams([])).toEqual([]);
    });

    it('leaves out events of types that are not wanted, and no other', async () => {
      const store = await rig.store();
      const kind = category();
      const written = newEvents(6).map((one, index) => ({ ...one, type: `Type${index % 3}` }));
      await store.append(`${kind}-1`, 'no-stream', written);
      const types = async (withoutTypes: readonly string[], limit = 9) =>
        (await all(store.readAll({ streamPrefixes: [kind], withoutTypes, limit }))).map(({ type }) => type);
      expect(await types(['Type0', 'Type2'])).toEqual(['Type1', 'Type1']);
      expect(await types(['Type1', 'Type', 'type0'], 3)).toEqual(['Type0', 'Type2', 'Type0']);
      expect(await types(['Type0', 'Type1', 'Type2'])).toEqual([]);
      expect(await types([])).toHaveLength(6);
      const without = await all(store.readAll({ withoutTypes: ['Type0', 'Type1'] }));
      expect(ids(without.filter(({ stream }) => stream === `${kind}-1`))).toEqual(
        ids(written.filter((_, n) => n % 3 === 2)),
      );
    });

    it('finds a rare stream in a long log', async () => {
      const store = await rig.store();
      const [rare, common] = [category(), category()];
      const first = await store.append(`${rare}-1`, 'no-stream', newEvents(1));
      await fill(store, `${common}-1`, 9000);
      const last = await store.append(`${rare}-2`, 'no-stream', newEvents(1));
      const found = await all(store.readAll({ streamPrefixes: [rare] }));
      expect(found.map((event) => event.position)).toEqual([first.position, last.position]);
    });

    it('ends at the end that the log had when it started, while others append', async () => {
      const store = await rig.store();
      const kind = category();
      await fill(store, `${kind}-1`, 300);
      let read = 0;
      for await (const _ of store.readAll({ streamPrefixes: [kind] })) {
        if (read % 100 === 0) await store.append(`${kind}-more.${read}`, 'no-stream', newEvents(50));
        read += 1;
      }
      expect(read).toBeGreaterThanOrEqual(300);
      expect(read).toBeLessThanOrEqual(450);
    });
  });

  describe('head', () => {
    if (rig.contract.startsEmpty !== false)
      it('is undefined for an empty log', async () => {
        const store = await (await rig.place()).open();
        expect(await store.head()).toBeUndefined();
        expect(await all(store.readAll())).toEqual([]);
      });

    it('is the position of the last event, from every instance and after a reopening', async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      const { position } = await store.append(`${category()}-1`, 'no-stream', newEvents(2));
      expect(((await store.head()) as string) >= position).toBe(true);
      expect(await other.head()).toBe(await store.head());
      await store.close();
      expect(((await (await place.open()).head()) as string) >= position).toBe(true);
    });

    it.each(['', 'nonsense', '-1', '1', "0' OR 1=1", '9'.repeat(40)])('refuses %j as a position', async (position) => {
      const store = await rig.store();
      await expect(all(store.readAll({ after: position as Position }))).rejects.toMatchObject({
        code: 'invalid-position',
      });
      await expect(all(store.subscribe({ after: position as Position }))).rejects.toMatchObject({
        code: 'invalid-position',
      });
    });

    it('takes a position past the end for the end', async () => {
      const store = await rig.store();
      await store.append(`${category()}-1`, 'no-stream', newEvents(1));
      if (rig.contract.startsEmpty !== false)
        expect(await all(store.readAll({ after: positionOf(1_000_000_000) }))).toEqual([]);
    });
  });
}

/** A stream of so many events, written in large appends. */
export async function fill(store: EventStore, stream: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 500)
    await store.append(stream, at === 0 ? 'no-stream' : at - 1, newEvents(Math.min(500, count - at)));
}
