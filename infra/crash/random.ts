/** A small generator of pseudo-random numbers (mulberry32): the same seed gives the same run. */
export interface Random {
  /** A whole number from 0 to `below` − 1. */
  below(below: number): number;
  pick<T>(list: readonly T[]): T;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick(list) {
      const found = list[below(list.length)];
      if (found === undefined) throw new TypeError('nothing to pick from');
      return found;
    },
  };
}

/** Names the runs that a fault is of. */
export const seedsOf = (first: number, last: number): string =>
  first === last ? `seed ${first}` : `seeds ${first} to ${last}`;
