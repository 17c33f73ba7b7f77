import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { letterPost } from '#application/letters/post-letters.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { Mail, Mailer } from '#ports/mailer/mailer.js';
import { openSlice, type Slice } from './slice.js';
import { type Story, tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let story: Story;
let rightsId: string;
let mails: Mail[];
const write = () => dueRunner({ temoin: slice.temoin, time, onAlarm: () => undefined })();
const mailer: Mailer = { send: async (mail) => void mails.push(mail), close: async () => undefined };
const post = async () => {
  await letterPost({ temoin: slice.temoin, time, mailer }).post();
  await slice.settled();
};
const answerLetter = async () => {
  await slice.settled();
  const { items } = await slice.ok('Director', 'GET', '/letters?template=rights-answer');
  expect(items).toHaveLength(1);
  return String(items[0].letterId);
};
const sent = async () => {
  await slice.settled();
  const { items } = await slice.ok('Director', 'GET', `/streams/rights-${rightsId}?purpose=rights`);
  return items.filter(({ type }: { type: string }) => type === 'RightsAnswerSent');
};
const deadlines = async () => (await slice.ok('Director', 'GET', '/deadlines?kind=rights')).items;

async function decided(kind: 'access' | 'restriction') {
  const receivedAt = slice.temoin.clock.now();
  const received = { memberId: story.memberId, kind, channel: 'email', receivedAt, concernsDirector: false };
  rightsId = String((await slice.ok('SupportLead', 'POST', '/rights', received)).id);
  await slice.ok('SupportLead', 'POST', `/rights/${rightsId}/identity`, { method: 'membership-number' });
  await slice.ok('Director', 'POST', `/rights/${rightsId}/decision`, { decision: 'granted', grounds: [] });
  await write();
}
async function giveAddress() {
  const { revision } = await slice.ok('SupportLead', 'GET', `/members/${story.memberId}?purpose=quality`);
  const body = { email: 'eve@exemple.test', reason: 'change-of-situation' };
  const identity = `/api/v1/members/${story.memberId}/identity`;
  await slice.send('POST', identity, body, { as: 'SupportLead', headers: { 'if-match': `"${revision}"` } });
  await slice.settled();
}

beforeEach(async () => {
  mails = [];
  slice = await openSlice();
  story = await tellStory(slice);
});
afterEach(() => slice.close());

describe('the answer to a rights request', () => {
  it('written is not sent: its deadline runs until the letter has left [charter:4.3]', async () => {
    await decided('access');
    await answerLetter();
    expect(await sent()).toEqual([]);
    expect(await deadlines()).toHaveLength(1);
  });

  it('sent by mail is recorded as sent, once, with the letter as its evidence, and stops the deadline [charter:4.3]', async () => {
    await decided('restriction');
    await giveAddress();
    slice.moveTo('2026-06-03T08:00:00.000Z');
    await post();
    expect(mails.some(({ text }) => text.includes('vos données sont gardées'))).toBe(true);
    slice.moveTo('2026-06-03T09:00:00.000Z');
    for (let times = 0; times < 3; times += 1) await write();
    const letterId = await answerLetter();
    expect(await sent()).toMatchObject([
      { data: { channel: 'email', sentAt: '2026-06-03T08:00:00.000Z', evidenceRef: letterId, late: false } },
    ]);
    expect(await deadlines()).toEqual([]);
    await slice.ok('Director', 'POST', `/letters/${letterId}/printed`, { handedOver: 'post' });
    await write();
    expect(await sent()).toHaveLength(1);
    await slice.ok('Director', 'POST', `/rights/${rightsId}/close`);
  });

  it('that promises a copy is not mailed without it: it is printed, the copy put in, and then recorded [charter:4.3]', async () => {
    await decided('access');
    await giveAddress();
    await post();
    expect(mails.some(({ text }) => text.includes('ci-joint'))).toBe(false);
    const { items } = await slice.ok('Director', 'GET', '/letters?template=rights-answer');
    expect(items).toMatchObject([{ standing: 'to-print', undelivered: { reason: 'needs-enclosure' } }]);
    expect(await sent()).toEqual([]);
    await slice.ok('Director', 'POST', `/letters/${await answerLetter()}/printed`, { handedOver: 'in-person' });
    await slice.settled();
    await write();
    expect(await sent()).toMatchObject([{ data: { channel: 'in-person' } }]);
  });

  it('printed and posted is as good, and late is told [charter:4.3]', async () => {
    await decided('access');
    slice.moveTo('2026-07-03T08:00:00.000Z');
    await slice.ok('Director', 'POST', `/letters/${await answerLetter()}/printed`, { handedOver: 'post' });
    await slice.settled();
    await write();
    expect(await sent()).toMatchObject([{ data: { channel: 'paper', late: true } }]);
  });

  it('told by a person before the letter left is recorded by that person alone', async () => {
    await decided('access');
    const sentAt = slice.temoin.clock.now();
    await slice.ok('Director', 'POST', `/rights/${rightsId}/answer`, { channel: 'in-person', sentAt });
    await slice.ok('Director', 'POST', `/letters/${await answerLetter()}/printed`, { handedOver: 'in-person' });
    await slice.settled();
    await write();
    expect(await sent()).toMatchObject([{ data: { channel: 'in-person' } }]);
  });
});
