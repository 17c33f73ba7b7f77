import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { id } from '#kernel/field.js';
import { memoryRootKey } from '#testing/open-memory-temoin.js';
import type { RootKeys } from '#vault/root-key.js';
import { digestsDiffer, idsFrom } from './ids.js';

const roots = memoryRootKey();
const ids = idsFrom(roots);

describe('ids', () => {
  it('are the same for the same command and label, in any process of the installation', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), (commandId, label) => {
        const one = ids.newId(commandId, label);
        expect(one).toMatch(/^[a-z2-7]{20}$/);
        expect(id().schema.safeParse(one).success).toBe(true);
        expect(idsFrom(roots).newId(commandId, label)).toBe(one);
      }),
    );
  });

  it('differ by command, by label and by installation', () => {
    const all = [ids.newId('a', 'b'), ids.newId('a', 'c'), ids.newId('ab', ''), ids.newId('', 'ab')];
    all.push(idsFrom(memoryRootKey()).newId('a', 'b'));
    expect(new Set(all).size).toBe(all.length);
  });

  it('use all 32 letters evenly enough to be random', () => {
    const letters = new Map<string, number>();
    for (let n = 0; n < 2000; n += 1)
      for (const letter of ids.newId(String(n), 'x')) letters.set(letter, (letters.get(letter) ?? 0) + 1);
    expect(letters.size).toBe(32);
    for (const count of letters.values()) expect(Math.abs(count - 1250)).toBeLessThan(250);
  });

  it('are drawn for what is asked for once: the same form, never the same id', () => {
    const drawn = Array.from({ length: 2000 }, () => ids.freshId());
    for (const one of drawn) expect(one).toMatch(/^[a-z2-7]{20}$/);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(new Set(drawn.join('')).size).toBe(32);
  });

  it('begin alike when they are drawn in one moment, and are nobody else’s behind that', () => {
    const started = performance.now();
    const drawn = Array.from({ length: 2000 }, () => ids.freshId());
    // as many beginnings as there were moments meanwhile, however slow the machine is
    const moments = Math.floor((performance.now() - started) / 50) + 2;
    expect(new Set(drawn.map((one) => one.slice(0, 5))).size).toBeLessThanOrEqual(moments);
    expect(new Set(drawn.map((one) => one.slice(5))).size).toBe(drawn.length);
    // another process draws another beginning
    expect(new Set([1, 2, 3].map(() => idsFrom(roots).freshId().slice(0, 5))).size).toBeGreaterThan(1);
  });

  it('make a command id of an Idempotency-Key, of one actor only', () => {
    expect(ids.commandId('staff-1', 'key')).toBe(ids.commandId('staff-1', 'key'));
    expect(ids.commandId('staff-1', 'key')).not.toBe(ids.commandId('staff-2', 'key'));
    expect(ids.commandId('staff-1', 'key')).toMatch(/^[0-9a-f-]{14}-8[0-9a-f]{3}|^[0-9a-f]{8}-/);
    expect(ids.freshCommandId()).not.toBe(ids.freshCommandId());
  });

  it('link what is done about one case by one UUID, the same in any process and no command id', () => {
    expect(ids.correlationId('c1')).toBe(idsFrom(roots).correlationId('c1'));
    expect(ids.correlationId('c1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.correlationId('c1')).not.toBe(ids.correlationId('c2'));
    expect(ids.correlationId('c1')).not.toBe(ids.commandId('correlation', 'c1'));
  });
});

describe('a rotation of the root key', () => {
  const [first, second, installation] = [1, 2, 3].map(() => createSecretKey(randomBytes(32)));
  let epochs = [first];
  const rotating: RootKeys = {
    get current() {
      return epochs.length;
    },
    key: (epoch) => epochs[epoch - 1],
    installation,
  };

  it('changes no identifier, so that a retry finds what it would have found; digests go with their epoch', () => {
    const one = idsFrom(rotating);
    const before = [one.newId('c', 'member'), one.commandId('staff-1', 'key')];
    const digest = one.requestDigest('request');
    epochs = [undefined, second];
    for (const after of [one, idsFrom(rotating)]) {
      expect([after.newId('c', 'member'), after.commandId('staff-1', 'key')]).toEqual(before);
      expect(after.requestDigest('request')).toMatch(/^2\./);
      expect(digestsDiffer(digest, after.requestDigest('request'))).toBe(false);
    }
  });
});

describe('request digests', () => {
  it('tell requests apart and name the epoch', () => {
    expect(ids.requestDigest('a')).toMatch(/^1\.[A-Za-z0-9_-]{43}$/);
    expect(digestsDiffer(ids.requestDigest('a'), ids.requestDigest('a'))).toBe(false);
    expect(digestsDiffer(ids.requestDigest('a'), ids.requestDigest('b'))).toBe(true);
  });

  it('of another epoch, or absent, are never taken for another request', () => {
    const next = createSecretKey(randomBytes(32));
    const later = idsFrom({ current: 2, key: () => next });
    expect(digestsDiffer(ids.requestDigest('a'), later.requestDigest('a'))).toBe(false);
    expect(digestsDiffer(undefined, ids.requestDigest('a'))).toBe(false);
    expect(digestsDiffer(ids.requestDigest('a'), undefined)).toBe(false);
  });
});
