/** Remembers ids in a few bits each: it may take one for known that is not, and never the other way round. */
export interface StoredIds {
  add(place: string, id: string): void;
  mayHave(place: string, id: string): boolean;
}

/** Four megabytes. Up to three million ids hardly one in a hundred is mistaken; of ten million a third. */
const BITS = 2 ** 25;
/** Bits set for each id. */
const PROBES = 4;

/**
 * A Bloom filter. Which documents a rebuild has written and forgotten is asked for every new one; to ask the store would
 * cost more than all else, and to remember the ids themselves as much memory as the documents.
 */
export function storedIds(bits = BITS): StoredIds {
  const words = new Uint32Array(bits / 32);
  let [one, other] = [0, 0];
  function hash(place: string, id: string): void {
    one = 0x811c9dc5;
    other = 0x9e3779b9;
    mix(place);
    mix(id);
    one = finished(one);
    // odd, so that all probes of an id differ
    other = finished(other) | 1;
  }
  function mix(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      one = Math.imul(one ^ unit, 0x01000193);
      other = Math.imul(other ^ unit, 0x5bd1e995);
    }
  }
  const bitOf = (probe: number) => ((one + Math.imul(probe, other)) >>> 0) % bits;

  return {
    add(place, id) {
      hash(place, id);
      for (let probe = 0; probe < PROBES; probe += 1) {
        const bit = bitOf(probe);
        words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
      }
    },
    mayHave(place, id) {
      hash(place, id);
      for (let probe = 0; probe < PROBES; probe += 1) {
        const bit = bitOf(probe);
        if (((words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
      }
      return true;
    },
  };
}

function finished(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return (whole ^ (whole >>> 16)) >>> 0;
}
