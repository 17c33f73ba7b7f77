import { Ajv2020 } from 'ajv/dist/2020.js';
import { feedJsonSchema } from '#application/feed/feed-schema.js';
import { testSigning } from '#testing/memory-erasing.js';
import { verifyDelivery } from '#testing/verify-delivery.js';
import { openWebhookReceiver, type WebhookReceiver } from '#testing/webhook-receiver.js';
import { eventsIn, eventsOf, register, type SliceFeed, startSliceFeed, toldOf, typesOf } from './feed.fixture.js';
import { finishedStory, receive } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import type { Story } from './slice-story.js';

describe('an outside body that subscribed to everything', () => {
  let slice: Slice;
  let story: Story;
  let receiver: WebhookReceiver;
  let running: SliceFeed;
  beforeAll(async () => {
    slice = await openSlice();
    receiver = await openWebhookReceiver();
    running = startSliceFeed(slice);
    await register(slice, 'a1', receiver.url);
    story = await finishedStory(slice);
    slice.moveTo('2026-06-02T09:00:00.000Z');
    await running.feed.look();
  });
  afterAll(async () => {
    await running.feed.stop();
    await receiver.close();
    await slice.close();
    expect(running.alarms).toEqual([]);
  });

  it('is told what happened, in order, by ids, dates and codes [charter:4.2b]', async () => {
    expect(typesOf(receiver)).toEqual([
      'request.received',
      'request.qualified',
      'consent.given',
      'session.started',
      'session.ended',
      'session.closed',
    ]);
    const { sessionId, memberId, requestId, charterVersionId } = story;
    const [given] = eventsOf(receiver).filter(({ type }) => type === 'fr.temoin.consent.given.v1');
    expect(given).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      source: 'urn:temoin:installation:slice',
      type: 'fr.temoin.consent.given.v1',
      subject: `session/${sessionId}`,
      time: '2026-06-02T07:00:00.000Z',
      datacontenttype: 'application/json',
      data: {
        sessionId,
        memberId,
        requestId,
        charterVersionId,
        mode: 'written',
        givenAt: '2026-06-02T07:00:00.000Z',
        validOn: '2026-06-02',
      },
    });
  });

  it('verifies each delivery with the key that the service publishes, and by the schema that is published', async () => {
    const jwk = (await slice.send('GET', '/.well-known/temoin-signing-key.json')).body;
    expect(jwk).toEqual(testSigning.signer.publicJwk);
    const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(feedJsonSchema());
    for (const delivery of receiver.deliveries) {
      expect(verifyDelivery(jwk, delivery.headers, delivery.body)).toBe(true);
      expect(delivery.headers['content-type']).toBe('application/cloudevents-batch+json');
      expect([valid(eventsIn(delivery)), valid.errors]).toEqual([true, null]);
    }
  });

  it('is given no name, no number and no word that anybody wrote [charter:4.2b]', () => {
    const bytes = receiver.bytes().toString('utf8');
    for (const planted of ['Fictive', 'Ève', 'T-42', '06 39', 'imprim', 'courriel-1', 'RealVNC', 'Théo', 'attente'])
      expect(bytes).not.toContain(planted);
    for (const one of [story.technicianId, slice.staffId]) expect(bytes).not.toContain(one);
  });

  it('is given nothing twice, and costs no record while nothing is for it', async () => {
    const before = receiver.deliveries.length;
    const { requestId } = story;
    await slice.ok('SupportLead', 'POST', `/requests/${requestId}/no-go-zones`, { zones: ['Comptes'] });
    for (let looks = 0; looks < 3; looks += 1) await running.feed.look();
    expect(receiver.deliveries.length).toBe(before);
    const told = await toldOf(slice, 'a1');
    expect(told.map(({ type }) => type)).toEqual(['SubscriberRegistered', 'SubscriberDelivered']);
    expect(told[1]?.data).toMatchObject({ count: 6, notices: [] });
  });

  it('is told when the member is erased, and which notice that was is written down [charter:4.3]', async () => {
    slice.moveTo('2026-06-02T12:00:00.000Z');
    const rightsId = await receive(slice, story.memberId, 'erasure');
    await slice.ok('SupportLead', 'POST', `/rights/${rightsId}/identity`, { method: 'membership-number' });
    await slice.settled();
    const { lines } = await slice.ok('Director', 'GET', `/rights/${rightsId}/grid`);
    const grid = lines.map((line: { cell: string; suggestion: object }) => ({ cell: line.cell, ...line.suggestion }));
    const decision = { grounds: [], reasons: 'Demande fondée.', grid };
    await slice.ok('Director', 'POST', `/rights/${rightsId}/decision`, decision);
    await slice.settled();
    await running.feed.look();
    expect(typesOf(receiver)).not.toContain('data.erased');
    expect(await slice.erasure.finish()).toEqual([]);
    await slice.settled();
    await running.feed.look();
    const notices = eventsOf(receiver).filter(({ type }) => type === 'fr.temoin.data.erased.v1');
    expect(notices).toMatchObject([
      {
        subject: `member/${story.memberId}`,
        data: {
          memberId: story.memberId,
          destructionId: `erasure-${rightsId}`,
          identity: true,
          sessions: [story.sessionId],
          requests: [story.requestId],
        },
      },
    ]);
    const last = (await toldOf(slice, 'a1')).at(-1);
    expect(last).toMatchObject({ type: 'SubscriberDelivered', data: { notices: [notices[0].id] } });
  });
});
