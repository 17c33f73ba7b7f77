import { lanesOf } from './lanes.js';

const parcel = (id: number) => ({ head: [id, 'append', undefined] as const, blobs: [] });

describe('a lane', () => {
  it('holds later calls until every earlier one is answered, then lets them go together and in order', () => {
    const lanes = lanesOf();
    const lane = lanes.find('session-1');
    lanes.left(lane);
    lanes.left(lane);
    lane?.held.push(parcel(3), parcel(4));
    expect(lanes.answered(lane)).toEqual([]);
    expect(lanes.answered(lane)).toEqual([parcel(3), parcel(4)]);
    expect(lanes.find('session-1')).toBe(lane);
  });

  it('is forgotten when nothing is under way, and never holds up another', () => {
    const lanes = lanesOf();
    const [one, other] = [lanes.find('session-1'), lanes.find('session-2')];
    lanes.left(one);
    expect(other?.atWorker).toBe(0);
    expect(lanes.answered(one)).toEqual([]);
    expect(lanes.find('session-1')).not.toBe(one);
  });
});
