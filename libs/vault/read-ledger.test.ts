import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { signerFrom } from '#evidence/signature.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { CHAIN_START, chainedLine, type LedgerNote, nextTip, writeLine } from './ledger.js';
import { ledgerReader } from './read-ledger.js';

const signer = signerFrom(generateKeyPairSync('ed25519').privateKey);
const owner = { installation: 'i1', signer };
const note = (n: number): LedgerNote => ({
  destructionId: `d${n}`,
  cells: [{ cell: `m${n}/identity` as CellId }],
  destroyedAt: '2026-06-10T08:00:00.000Z' as Instant,
});
/** As many lines as asked for, from another number on where two ledgers of one installation are to differ. */
function linesOf(count: number, from = 1): readonly string[] {
  const lines: string[] = [];
  let tip = CHAIN_START;
  for (let n = 0; n < count; n += 1) {
    const line = writeLine(note(from + n), tip, 'i1', signer);
    tip = nextTip(tip, line);
    lines.push(line);
  }
  return lines;
}
const file = (lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''));
/** The rule without any shortcut: each line continues the one before and is signed. @returns its first line that does not */
function firstWrong(bytes: Buffer): number | undefined {
  let tip = CHAIN_START;
  const ids = new Set<string>();
  for (const text of bytes.toString('utf8').split('\n').slice(0, -1)) {
    const line = chainedLine(text, tip, 'i1');
    if (!line?.isSigned(signer) || ids.has(line.note.destructionId)) return tip.seq + 1;
    ids.add(line.note.destructionId);
    tip = nextTip(tip, text);
  }
  return undefined;
}
const whole = linesOf(12);
/** The same owner, whose questions are counted. */
const counted = (asked: { count: number }) => ({
  ...owner,
  signer: {
    ...signer,
    verify(...said: Parameters<typeof signer.verify>) {
      asked.count += 1;
      return signer.verify(...said);
    },
  },
});

/** One thing that a person with the file and without the key can do to it. */
const tampering = fc.oneof(
  fc.record({ how: fc.constant('byte' as const), at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ how: fc.constant('cut' as const), at: fc.nat(), by: fc.nat({ max: 400 }) }),
  fc.record({ how: fc.constant('line out' as const), at: fc.nat(), by: fc.nat() }),
  fc.record({ how: fc.constant('swap' as const), at: fc.nat(), by: fc.nat() }),
  fc.record({ how: fc.constant('repeat' as const), at: fc.nat(), by: fc.nat() }),
  fc.record({ how: fc.constant('chained anew' as const), at: fc.nat(), by: fc.nat() }),
);
type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

function tampered(lines: readonly string[], { how, at, by }: Tampering): Buffer {
  const bytes = file(lines);
  const index = at % lines.length;
  const other = by % lines.length;
  if (how === 'byte') {
    const place = at % bytes.length;
    bytes.writeUInt8(bytes.readUInt8(place) ^ by, place);
    return bytes;
  }
  if (how === 'cut') return bytes.subarray(0, Math.max(0, bytes.length - by - 1));
  if (how === 'line out') return file(lines.filter((_, n) => n !== index));
  if (how === 'repeat') return file([...lines.slice(0, index), lines[other] ?? '', ...lines.slice(index)]);
  if (how === 'swap')
    return file(lines.map((line, n) => (n === index ? lines[other] : n === other ? lines[index] : line) ?? ''));
  // another day in one line, and every digest after it computed again: all but the signatures holds
  let tip = CHAIN_START;
  return file(
    lines.map((line, n) => {
      const said = { ...JSON.parse(line), prev: tip.digest };
      const text = JSON.stringify(n === index ? { ...said, destroyedAt: '2020-01-01T00:00:00.000Z' } : said);
      tip = nextTip(tip, text);
      return text;
    }),
  );
}

describe('reading an erasure ledger', () => {
  it('finds whatever was done to it, the same line as asking for every signature: at first sight, and where it was known before', () => {
    fc.assert(
      fc.property(tampering, fc.nat({ max: whole.length }), (what, known) => {
        const bytes = tampered(whole, what);
        const wrong = firstWrong(bytes);
        expect(ledgerReader(owner).readAll(bytes).line).toBe(wrong);
        const before = ledgerReader(owner);
        before.readAll(file(whole.slice(0, known)));
        expect(before.readAll(bytes).line).toBe(wrong);
      }),
      { numRuns: 300 },
    );
  });

  it('asks for one signature, and of what was added for one more, however long it is', () => {
    const signed = { count: 0 };
    const reader = ledgerReader(counted(signed));
    expect(reader.readAll(file(whole.slice(0, 11))).notes.size).toBe(11);
    expect(signed.count).toBe(1);
    reader.readAll(file(whole.slice(0, 11)));
    expect(signed.count).toBe(1);
    expect(reader.readAll(file(whole)).notes.size).toBe(12);
    expect(signed.count).toBe(2);
  });

  it('trusts what comes before the first line that is not ours, and nothing after it', () => {
    const bytes = file(whole.map((line, n) => (n === 4 ? line.replace('d5', 'dX') : line)));
    const read = ledgerReader(owner).readAll(bytes);
    expect([read.line, [...read.notes.keys()]]).toEqual([5, ['d1', 'd2', 'd3', 'd4']]);
  });

  it('remembers how long it was when it became shorter, and takes up another that is as long', () => {
    const reader = ledgerReader(owner);
    const { bytes } = reader.readAll(file(whole));
    expect(reader.readAll(file(whole.slice(0, 3))).notes.size).toBe(3);
    expect(reader.bytes).toBe(bytes);
    const other = linesOf(20, 100);
    expect([...reader.readAll(file(other)).notes.keys()][0]).toBe('d100');
    expect(reader.bytes).toBe(file(other).length);
  });

  it('leaves out a line that a crash cut off, and reads it once it is whole', () => {
    const reader = ledgerReader(owner);
    const bytes = file(whole);
    expect(reader.readAll(bytes.subarray(0, bytes.length - 1)).notes.size).toBe(11);
    expect(reader.readAll(bytes)).toMatchObject({ bytes: bytes.length, tip: { seq: 12 } });
  });
});
