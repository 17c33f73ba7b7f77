import { openMemberIndex } from '#nest-shell/queries/member-index.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { bindings } from '../composition/bindings.js';
import { openSlice, type Slice } from './slice.js';

/** A start does not wait for the index of members: whoever asks first does. */
describe('the index of members', () => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await openSlice();
    for (const [name, membershipNumber] of [
      ['Lucette Aubry', '0001'],
      ['Aimé Cazenave', '0002'],
    ])
      await slice.ok('SupportLead', 'POST', '/members', {
        name,
        membershipNumber,
        phone: '0600000001',
        status: 'active',
        minor: false,
      });
    await slice.settled();
  });
  afterAll(() => slice.close());
  const events = bindings.flatMap((one) => one.events);

  it('answers a question asked while it is being filled with everybody', async () => {
    const index = openMemberIndex(slice.temoin, events);
    void index.begin();
    expect(await index.find('cazenave')).toHaveLength(1);
    index.close();
  });

  it('reads nothing before the service answers, and everybody for who asks before that', async () => {
    let scans = 0;
    const scan: ViewStore['scan'] = (...asked) => {
      scans += 1;
      return slice.temoin.viewStore.scan(...asked);
    };
    const index = openMemberIndex({ ...slice.temoin, viewStore: { ...slice.temoin.viewStore, scan } }, events);
    await slice.settled();
    expect(scans).toBe(0);
    expect(await index.find('cazenave')).toHaveLength(1);
    await index.begin();
    expect(scans).toBe(1);
    index.close();
  });

  it('that could not be filled says so to who asks, and is filled for who asks again', async () => {
    let faults = 2;
    const scan: ViewStore['scan'] = (...asked) => {
      faults -= 1;
      if (faults >= 0) throw new Error('the views are away');
      return slice.temoin.viewStore.scan(...asked);
    };
    const viewStore = { ...slice.temoin.viewStore, scan };
    const index = openMemberIndex({ ...slice.temoin, viewStore }, events);
    await index.begin();
    await expect(index.find('aubry')).rejects.toThrow('the views are away');
    expect(await index.find('aubry')).toHaveLength(1);
    index.close();
  });
});
