import { verifyCertificate } from '#evidence/certificate.js';
import { testSigning } from '#testing/memory-erasing.js';
import { getDestruction } from '#views/destructions.js';
import { condemnDecided } from './condemn-decided.js';
import { openErasure } from './erasure.js';
import type { ErasureStep } from './erasure-parts.js';
import { all, openErasureStory, place } from './erasure-story.test-data.js';

const steps: readonly ErasureStep[] = [
  'condemned',
  'noted',
  'destroyed',
  'destruction-recorded',
  'evicted',
  'siblings-emptied',
  'read-back',
  'read-back-recorded',
  'certificate-written',
  'certified',
];

describe('an erasure', () => {
  it('goes from the decision to a signed certificate, and leaves the others alone [charter:4.3]', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    expect(await openErasure(story.parts({ siblings: [place('exports', 2)] })).finish()).toEqual([]);
    for (const stream of ['member-m1', 'request-r-m1', 'session-s-m1'])
      expect([stream, await story.opens(stream)]).toEqual([stream, ['erased']]);
    expect(await story.opens('member-m2')).toEqual(['present']);

    const events = await story.custody('m1');
    expect(events.map(({ type }) => type)).toEqual([
      'CellsCondemned',
      'CellsDestroyed',
      'ErasureReadBack',
      'ErasureCertified',
    ]);
    const [[certificateId = '', text = ''] = []] = story.certificates.texts;
    expect(events[3]?.data).toMatchObject({ certificateId, result: 'complete' });
    const verified = verifyCertificate(text, testSigning.publicKey);
    expect(verified).toMatchObject({ ok: true, certificate: { destructionId: 'erasure-case-m1', result: 'complete' } });
    if (!verified.ok) return;
    const { cells, stores } = verified.certificate;
    expect(cells.find(({ cell }) => cell === 'm1/identity')?.keyDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(cells.some(({ cell }) => cell.startsWith('m1/session:s-m1/'))).toBe(true);
    const values = new Map(stores.map((one) => [one.store, one.values]));
    expect([...values.keys()]).toEqual([
      'events',
      'view:members',
      'view:requests',
      'view:journal',
      'view:destructions',
      'exports',
    ]);
    for (const store of ['events', 'view:members', 'view:requests', 'view:journal'])
      expect([store, (values.get(store) ?? 0) > 0]).toEqual([store, true]);
    const head = await story.temoin.eventStore.head();
    await story.temoin.waitFor('destructions', head ?? '', 600_000);
    expect(await getDestruction(story.temoin, 'erasure-case-m1')).toMatchObject({
      status: 'certified',
      complete: true,
    });
    await story.temoin.close();
  });

  it.each(steps)('that dies after « %s » is finished by the next, once', async (step) => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    const onStep = (now: ErasureStep) => {
      if (now === step) throw new Error('killed');
    };
    const first = openErasure(story.parts({ onStep }));
    await first.finish().catch(() => undefined);
    expect(await openErasure(story.parts()).finish()).toEqual([]);
    expect((await story.custody('m1')).map(({ type }) => type)).toEqual([
      'CellsCondemned',
      'CellsDestroyed',
      'ErasureReadBack',
      'ErasureCertified',
    ]);
    expect(story.certificates.texts.size).toBe(1);
    expect(await story.opens('member-m1')).toEqual(['erased']);
    await story.temoin.close();
  });

  it('keeps what is held, and says so [charter:8.1f]', async () => {
    const story = await openErasureStory();
    await story.hold('m1', 'm1/session:s-m1');
    await story.decide('m1', all('m1'));
    expect(await openErasure(story.parts()).finish()).toEqual([]);
    expect(await story.opens('member-m1')).toEqual(['erased']);
    expect(await story.opens('session-s-m1')).toEqual(['present']);
    const [text = ''] = story.certificates.texts.values();
    expect(JSON.parse(text)).toMatchObject({
      result: 'complete',
      kept: [{ cell: 'm1/session:s-m1', ground: 'legal-claim' }],
    });
    await story.temoin.close();
  });

  it('waits for the end of a session that it touches; the session goes on', async () => {
    const story = await openErasureStory();
    await story.running('m1');
    await story.decide('m1', [...all('m1'), 'm1/session:live-m1']);
    const erasure = openErasure(story.parts());
    expect(await erasure.finish()).toMatchObject([{ code: 'session-running' }]);
    expect(await story.opens('member-m1')).toEqual(['present']);
    await story.ended('m1');
    expect(await erasure.finish()).toEqual([]);
    expect(await story.opens('member-m1')).toEqual(['erased']);
    await story.temoin.close();
  });

  it('of a member of whom nothing is left is certified too', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    await openErasure(story.parts()).finish();
    await story.decide('m2', ['m2/session:s-m2']);
    await story.temoin.execute({
      commandId: story.temoin.ids.freshCommandId(),
      actor: 'system',
      actorRoles: [],
      stream: 'custody-m2',
      command: {
        type: 'CondemnCells',
        memberId: 'm2',
        destructionId: 'retention-2027-06-03.m2',
        cells: ['m2/session:s-m2'],
        cause: 'retention',
        reference: 'retention-2027-06-03',
      } as { type: string },
    });
    expect(await openErasure(story.parts()).finish()).toEqual([]);
    expect((await story.custody('m2')).filter(({ type }) => type === 'ErasureCertified')).toHaveLength(2);
    await story.temoin.close();
  });

  it('goes on destroying while another is read back, and each is certified once', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    const erasure = openErasure(
      story.parts({
        async onStep(step, destructionId) {
          if (step !== 'evicted' || destructionId !== 'erasure-case-m1') return;
          await story.decide('m2', all('m2'));
          const decided = { destructionId: 'erasure-case-m2', memberId: 'm2', cause: 'erasure', cells: [] } as const;
          await condemnDecided(story.temoin, { ...decided, reference: 'case-m2' });
          await erasure.destroy({ memberId: 'm2', destructionId: 'erasure-case-m2' });
        },
      }),
    );
    const both = await Promise.all([erasure.finish(), erasure.finish()]);
    expect(both).toEqual([[], []]);
    for (const member of ['m1', 'm2'])
      expect((await story.custody(member)).map(({ type }) => type)).toEqual([
        'CellsCondemned',
        'CellsDestroyed',
        'ErasureReadBack',
        'ErasureCertified',
      ]);
    await story.temoin.close();
  });

  it('strikes out one text and nothing else [charter:3.3a]', async () => {
    const story = await openErasureStory();
    await story.strikeOut('m1');
    expect(await openErasure(story.parts()).finish()).toEqual([]);
    const [first] = await story.custody('m1');
    expect(first?.data).toMatchObject({
      cause: 'strike-out',
      reference: 'x-m1',
      cells: [`m1/session:s-m1/${story.textOf('m1')}.text`],
    });
    expect(await story.opens('session-s-m1')).toEqual(['erased', 'present']);
    await story.temoin.close();
  });

  it('strikes out one text of a request and leaves the session as it is [charter:3.3a]', async () => {
    const story = await openErasureStory();
    const target = await story.strikeOutOfRequest('m1');
    expect(await openErasure(story.parts()).finish()).toEqual([]);
    const [first] = await story.custody('m1');
    const cells = [`m1/request:r-m1/${target}.problem`];
    expect(first?.data).toMatchObject({ cause: 'strike-out', reference: 'y-m1', cells });
    expect(await story.opens('request-r-m1')).toEqual(['erased']);
    expect(await story.opens('session-s-m1')).toEqual(['present']);
    await story.temoin.close();
  });

  it('destroys nothing that is not noted, and opens nothing while the ledger is not trusted', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    const ledger = {
      ...story.ledger,
      append: () => Promise.reject(Object.assign(new Error('full'), { code: 'ledger-unavailable' })),
    };
    expect(await openErasure(story.parts({ ledger })).finish()).toMatchObject([{ code: 'ledger-unavailable' }]);
    expect(await story.opens('member-m1')).toEqual(['present']);
    const shut = { ...story.temoin, verified: false };
    await expect(openErasure(story.parts({ temoin: shut })).finish()).rejects.toMatchObject({
      code: 'erasures-unverified',
    });
    await story.temoin.close();
  });
});
