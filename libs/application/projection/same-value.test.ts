import fc from 'fast-check';
import { compareDocuments, sameValue } from './compare-documents.js';

type Documents = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
async function* scan(documents: Documents) {
  for (const id of Object.keys(documents).sort()) yield { id, document: documents[id] ?? {} };
}
async function differences(live: Documents, rebuilt: Documents): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { id, kind } of compareDocuments(scan(live), scan(rebuilt))) if (kind) found[id] = kind;
  return found;
}

describe('comparing documents', () => {
  it('names each document that is missing, added or changed, and no other', async () => {
    const live = { a: { x: 1 }, b: { x: 1 }, d: { x: [1, { y: 2 }] } };
    const rebuilt = { b: { x: 2 }, c: { x: 1 }, d: { x: [1, { y: 2 }] } };
    expect(await differences(live, rebuilt)).toEqual({ a: 'missing', b: 'changed', c: 'added' });
  });

  it('finds exactly what a comparison of everything at once finds', async () => {
    const documents = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.record({ x: fc.nat(2) }));
    await fc.assert(
      fc.asyncProperty(documents, documents, async (live, rebuilt) => {
        const expected: Record<string, string> = {};
        for (const id of new Set([...Object.keys(live), ...Object.keys(rebuilt)])) {
          const [one, other] = [live[id], rebuilt[id]];
          if (!other) expected[id] = 'missing';
          else if (!one) expected[id] = 'added';
          else if (one.x !== other.x) expected[id] = 'changed';
        }
        expect(await differences(live, rebuilt)).toEqual(expected);
      }),
    );
  });

  it('does not mind the order of properties', () => {
    expect(sameValue({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    expect(sameValue({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(sameValue([1], { 0: 1 })).toBe(false);
    expect(sameValue(null, {})).toBe(false);
  });
});
