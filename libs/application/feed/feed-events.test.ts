import { Ajv2020 } from 'ajv/dist/2020.js';
import { subscriberTopics } from '#domain/subscriber/codes.js';
import type { EventDefinition } from '#kernel/define-event.js';
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, list, optional, personal, shape, text } from '#kernel/field.js';
import type { Sealed } from '#kernel/sealed.js';
import { declaredEvents } from '#testing/declared-events.js';
import { cloudEventOf, publicIdOf, sourceOf } from './cloud-event.js';
import { derived, type FeedEvent, published, type Readable } from './feed-event.js';
import { feedEvents } from './feed-events.js';
import { feedJsonSchema } from './feed-schema.js';

const Example = defineEvent({
  type: 'Example',
  version: 1,
  subject: 'memberId',
  doc: 'An example.',
  data: {
    memberId: id(),
    toolSessionRef: id(),
    word: text(20),
    words: list(text(20)),
    inner: shape({ word: text(10) }),
    done: flag(),
    secret: personal(text(20), { cell: 'identity', category: 'example' }),
    hidden: optional(personal(text(20), { cell: 'identity', category: 'example' })),
  },
});
const about = { topic: 'consent', what: 'example', about: ['member', 'memberId'], doc: 'An example.' } as const;

describe('what may leave by the feed', () => {
  it('is carried field by field; a personal one does not compile, and does not get through where it does [charter:4.2b]', () => {
    // @ts-expect-error: a personal field is no field that can be named
    const named: Readable<typeof Example.data> = 'secret';
    // @ts-expect-error: an optional one neither
    const optionalOne: Readable<typeof Example.data> = 'hidden';
    for (const carries of [[named], [optionalOne]])
      expect(() => published(Example, { ...about, carries: ['memberId', ...carries] })).toThrow(/personal data/);
    expect(() => derived(Example, about, { memberId: id(), secret: Example.data.secret }, () => undefined)).toThrow(
      /personal data/,
    );
  });

  it('is never free text, nor an id that somebody types in [charter:4.2b]', () => {
    for (const field of ['word', 'words', 'inner', 'toolSessionRef'] as const)
      expect(() => published(Example, { ...about, carries: ['memberId', field] })).toThrow(/may not carry/);
    expect(() => published(Example, { ...about, carries: ['memberId', 'done'] })).not.toThrow();
    expect(() => published(Example, { ...about, carries: ['done'] })).toThrow(/what it is about/);
  });

  it('is taken from declared events alone, each once, and none of their personal fields can be carried', async () => {
    const declared = (await declaredEvents()).map(({ definition }) => definition);
    for (const { of } of feedEvents) expect(declared).toContain(of);
    expect(new Set(feedEvents.map(({ type }) => type)).size).toBe(feedEvents.length);
    expect(new Set(feedEvents.map(({ of }) => of.type)).size).toBe(feedEvents.length);
    let tried = 0;
    for (const definition of declared as readonly EventDefinition[])
      for (const [name, field] of Object.entries(definition.data)) {
        if (!field.personal) continue;
        tried += 1;
        const carrying = { ...about, carries: [name] as never, about: ['one', name as never] as const };
        expect(() => published(definition, carrying)).toThrow(/personal data/);
      }
    expect(tried).toBeGreaterThan(50);
  });

  it('holds nothing that was sealed, whatever the stored event holds', async () => {
    for (const one of feedEvents) {
      const text = JSON.stringify(cloudEventOf(one, storedOf(one), sourceOf('i1')) ?? {});
      expect(text).not.toContain('sealed');
      expect(text).not.toContain('typed by somebody');
    }
  });

  it('is named fr.temoin.<topic>.<what>.v1 of a topic that can be asked for, or of the notices', () => {
    for (const { type, topic, version } of feedEvents) {
      expect(type).toMatch(new RegExp(`^fr\\.temoin\\.${topic}\\.[a-z]+(-[a-z]+)*\\.v${version}$`));
      expect([...subscriberTopics, 'data']).toContain(topic);
    }
  });
});

describe('an event of the feed', () => {
  it('has an id that is always the same, another one for each stored event and each type, and not the stored one', () => {
    const stored = '0b0f7f3e-5d0c-8b5e-8a3f-1f2e3d4c5b6a';
    expect(publicIdOf(stored, 'a')).toBe(publicIdOf(stored, 'a'));
    expect(new Set([publicIdOf(stored, 'a'), publicIdOf(stored, 'b'), publicIdOf('x', 'a'), stored]).size).toBe(4);
  });

  it('fits its published schema, each of them', () => {
    const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(feedJsonSchema());
    for (const one of feedEvents) {
      const event = cloudEventOf(one, storedOf(one), sourceOf('i1'));
      expect([one.type, valid([event]), valid.errors]).toEqual([one.type, true, null]);
      expect(valid([{ ...event, data: {} }])).toBe(false);
    }
    expect(valid([])).toBe(false);
  });
});

describe('the notice of an erasure', () => {
  const erased = feedEvents.find(({ of }) => of.type === 'CellsDestroyed') as FeedEvent;
  const noticeOf = (...cells: readonly string[]) => {
    const destroyed = { memberId: 'm1', destructionId: 'd1', destroyedAt: '2026-06-02T07:00:00.000Z' };
    const data = { ...destroyed, cells: cells.map((cell) => ({ cell })) };
    return erased.data({ ...storedOf(erased), data });
  };

  it('names the things whose keys are gone, by their ids', () => {
    expect(noticeOf('m1/identity', 'm1/session:r1.1', 'm1/request:r1', 'm1/complaint:c1')).toEqual({
      memberId: 'm1',
      destructionId: 'd1',
      identity: true,
      sessions: ['r1.1'],
      requests: ['r1'],
      complaints: ['c1'],
      destroyedAt: '2026-06-02T07:00:00.000Z',
    });
    expect(noticeOf('m1')).toMatchObject({ identity: true, sessions: [] });
    expect(noticeOf('m1/session:r1.1')).toMatchObject({ identity: false, sessions: ['r1.1'] });
  });

  it('is not sent for what nobody was given: one text struck out, a letter', () => {
    expect(noticeOf('m1/session:r1.1/0b0f7f3e.problem', 'm1/letter:l1', 'm1/rights:x')).toBeUndefined();
  });
});

/** A stored event with something in every field, words where words may be. */
function storedOf(one: FeedEvent) {
  const data = Object.fromEntries(
    Object.entries(one.of.data).map(([name, field]) => [name, field.personal ? SEALED : sample(name, field.schema)]),
  );
  const meta = {
    eventId: '0b0f7f3e-5d0c-8b5e-8a3f-1f2e3d4c5b6a',
    stream: 'session-r1.1',
    revision: 3,
    recordedAt: '2026-06-02T07:00:00.000Z' as never,
    actor: 'typed by somebody',
    commandId: 'typed by somebody',
  };
  return { type: one.of.type, version: one.of.version, data, meta };
}
const SEALED = { $sealed: { text: 'sealed' } } as unknown as Sealed<string>;

/** The first of some values that the field takes. */
function sample(name: string, schema: { safeParse(value: unknown): { success: boolean } }): unknown {
  const codes = ['written', 'link', 'phone', 'completed', 'MEMBER_REQUEST', 'before', 'resolved', 'forgotten', 'none'];
  const more = ['on-site', 'settled', 'text', 'no', 'typing-error', 'accuracy-contested', 'director', 'erasure'];
  const values = [
    true,
    '2026-06-02T07:00:00.000Z',
    '2026-06-02',
    2,
    ...codes,
    ...more,
    'typed by somebody',
    'i1',
    [{ cell: 'm1/session:r1.1' }],
    [],
  ];
  const found = values.find((value) => schema.safeParse(value).success && !(name === 'field' && value !== 'text'));
  return /Id$/.test(name) ? `${name}1` : found;
}
