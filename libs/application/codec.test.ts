import fc from 'fast-check';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { defineEvent, event } from '#kernel/define-event.js';
import { id, optional, personal, text } from '#kernel/field.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import { memoryRootKey } from '#testing/open-memory-temoin.js';
import { VisitNoted, VisitOpened, visitEvents } from '#testing/visit.js';
import { openVault } from '#vault/open-vault.js';
import { eventCodec } from './codec.js';
import type { CommandEnvelope } from './command.js';
import { type SealedAppend, sealEvents } from './seal-events.js';

const vault = openVault({ keyVault: memoryKeyVault(), roots: memoryRootKey() });
const codec = eventCodec(visitEvents);
const now = '2026-06-02T07:30:00.000Z' as Instant;
const envelope: CommandEnvelope = {
  commandId: '11111111-1111-4111-8111-111111111111',
  actor: 'staff-1',
  actorRoles: ['Technician'],
  stream: 'visit-s1',
  command: { type: 'OpenVisit' },
  requestDigest: '1.digest',
  correlationId: 'c1',
};
const opened = (name: string, problem: string) =>
  event(VisitOpened, { memberId: 'm1', sessionId: 's1', name, problem });
async function seal(decided: Parameters<typeof sealEvents>[3], given = envelope): Promise<SealedAppend> {
  const sealed = await sealEvents(vault, codec, given, decided, now, 3);
  if (sealed.outcome === 'erased') throw new Error('erased');
  return sealed;
}
const storedFrom = ({ newEvents }: SealedAppend, index = 0): StoredEvent => {
  const newEvent = newEvents[index];
  if (!newEvent) throw new Error('no event');
  return { ...newEvent, stream: 'visit-s1', revision: 3 + index, position: '1' as Position };
};
const rewritten = (stored: StoredEvent, part: 'data' | 'metadata', value: unknown): StoredEvent => ({
  ...stored,
  [part]: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});
const parse = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString('utf8'));

describe('events to bytes and back', () => {
  it('reads back exactly what the writer sees, and every value opens', async () => {
    const words = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((one) => VisitOpened.data.name.schema.safeParse(one).success);
    await fc.assert(
      fc.asyncProperty(words, words, async (name, problem) => {
        const sealed = await seal([opened(name, problem)]);
        const { event: read } = codec.decode(storedFrom(sealed));
        expect(read).toEqual(sealed.events[0]);
        const boxes = [read.data.name, read.data.problem] as Sealed<unknown>[];
        expect(await vault.open(boxes)).toEqual([
          { state: 'present', value: name },
          { state: 'present', value: problem },
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it('stores no readable personal value and no place a second time', async () => {
    const sealed = await seal([opened('Ada LOVELACE', 'écran bleu')]);
    const bytes = Buffer.concat(sealed.newEvents.flatMap(({ data, metadata }) => [data, metadata])).toString('latin1');
    for (const word of ['LOVELACE', ' bleu', '"at"']) expect(bytes).not.toContain(word);
  });

  it('stores what is needed to answer and to trace, and nothing about roles', async () => {
    const stored = storedFrom(await seal([opened('Ada', 'x')], { ...envelope, causationId: 'cause' }));
    expect(parse(stored.metadata)).toEqual({
      version: 1,
      recordedAt: now,
      actor: 'staff-1',
      commandId: envelope.commandId,
      requestDigest: '1.digest',
      $correlationId: 'c1',
      $causationId: 'cause',
    });
  });

  it('traces a command that nobody linked to anything to itself, and reads older events that say nothing', async () => {
    const { correlationId: _, ...alone } = envelope;
    const stored = storedFrom(await seal([opened('Ada', 'x')], alone));
    const { $correlationId, $causationId, ...older } = parse(stored.metadata);
    expect([$correlationId, $causationId]).toEqual([envelope.commandId, envelope.commandId]);
    expect(codec.decode(rewritten(stored, 'metadata', older)).event.meta.commandId).toBe(envelope.commandId);
  });

  it('gives the nth event of a command on a stream always the same id', async () => {
    const twice = await Promise.all([seal([opened('Ada', 'x')]), seal([opened('Bob', 'y')])]);
    expect(twice[0].newEvents[0]?.eventId).toBe(twice[1].newEvents[0]?.eventId);
    const other = await seal([opened('Ada', 'x')], { ...envelope, stream: 'visit-s2' });
    expect(other.newEvents[0]?.eventId).not.toBe(twice[0].newEvents[0]?.eventId);
    expect(other.newEvents[0]?.eventId).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('leaves an absent optional field out', async () => {
    const note = event(VisitNoted, { memberId: 'm1', sessionId: 's1', number: 1 });
    expect(parse(storedFrom(await seal([note])).data)).toEqual({ memberId: 'm1', sessionId: 's1', number: 1 });
  });

  it.each([
    ['an empty text', { memberId: 'm1', sessionId: 's1', name: '', problem: 'SECRET-VALUE' }],
    ['an unknown field', { memberId: 'm1', sessionId: 's1', name: 'a', problem: 'SECRET-VALUE', more: 1 }],
    ['a missing field', { memberId: 'm1', sessionId: 's1', problem: 'SECRET-VALUE' }],
  ])('refuses to store %s, without echoing any value', async (_, data) => {
    const failure = await seal([{ type: 'VisitOpened', version: 1, data }]).then(String, (error: Error) => error);
    expect(failure).toMatchObject({ code: 'invalid-event' });
    expect(String(failure)).not.toContain('SECRET-VALUE');
  });

  it('refuses to store an event that nobody declared', async () => {
    await expect(seal([{ type: 'Other', version: 1, data: {} }])).rejects.toMatchObject({ code: 'invalid-event' });
    await expect(seal([{ ...opened('a', 'b'), version: 2 }])).rejects.toMatchObject({ code: 'invalid-event' });
  });
});

describe('the codec stops at', () => {
  it('a type or a version that it does not know', async () => {
    const stored = storedFrom(await seal([opened('a', 'b')]));
    expect(() => codec.decode({ ...stored, type: 'Other' })).toThrow(
      expect.objectContaining({ code: 'unknown-event' }),
    );
    const newer = rewritten(stored, 'metadata', { ...parse(stored.metadata), version: 2 });
    expect(() => codec.decode(newer)).toThrow(expect.objectContaining({ code: 'unknown-event' }));
  });

  it.each<['data' | 'metadata', unknown]>([
    ['data', '{'],
    ['data', '[]'],
    ['data', 'null'],
    ['metadata', '7'],
    ['metadata', {}],
    ['metadata', { version: 1, recordedAt: 'yesterday', actor: 'a', commandId: 'c' }],
    ['metadata', { version: 0, recordedAt: now, actor: 'a', commandId: 'c' }],
  ])('damaged %s %j', async (part, value) => {
    const stored = storedFrom(await seal([opened('a', 'b')]));
    expect(() => codec.decode(rewritten(stored, part, value))).toThrow(
      expect.objectContaining({ code: 'damaged-event' }),
    );
  });
});

describe('an older version', () => {
  const fields = {
    memberId: id(),
    fullName: personal(text(), { cell: 'identity', category: 'identity' }),
    nick: optional(text()),
  };
  const V2 = defineEvent({ type: 'Renamed', version: 2, subject: 'memberId', doc: 'Renamed.', data: fields });
  const V1 = defineEvent({
    type: 'Renamed',
    version: 1,
    subject: 'memberId',
    doc: 'Renamed.',
    data: { memberId: id(), name: personal(text(), { cell: 'identity', category: 'identity' }) },
  });
  const old = eventCodec([V1]);
  const up = {
    type: 'Renamed',
    from: 1,
    up: ({ name, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, fullName: name }),
  };
  const storedV1 = async () => {
    const sealed = await sealEvents(vault, old, envelope, [event(V1, { memberId: 'm1', name: 'Ada' })], now, 3);
    if (sealed.outcome === 'erased') throw new Error('erased');
    return storedFrom(sealed);
  };

  it('is read in the shape of today, and its sealed values still open under their new names', async () => {
    const { event: read } = eventCodec([V2], [up]).decode(await storedV1());
    expect(read.version).toBe(2);
    expect(Object.keys(read.data)).toEqual(['memberId', 'fullName']);
    expect(await vault.open([read.data.fullName as Sealed<unknown>])).toEqual([{ state: 'present', value: 'Ada' }]);
  });

  it('stops when a step is missing', async () => {
    const stored = await storedV1();
    expect(() => eventCodec([V2]).decode(stored)).toThrow(expect.objectContaining({ code: 'unknown-event' }));
  });
});
