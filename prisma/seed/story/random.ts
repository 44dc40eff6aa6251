/** Numbers that look drawn and are not: the same seed gives the same sequence on every machine. */
export type Random = {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Skewed to the right around `median`, as tokens and delays are. */
  skewed(median: number, spread: number): number;
  bytes(length: number): Uint8Array;
};

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded by the letters of a name. */
export function randomOf(seed: string): Random {
  let [a, b, c, d] = seedWords(seed);
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  };
  for (let turn = 0; turn < 16; turn += 1) word();
  const next = (): number => word() / 4_294_967_296;
  return {
    next,
    whole: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (from) => {
      const picked = from[Math.floor(next() * from.length)];
      if (picked === undefined) throw new Error("There is nothing to pick from.");
      return picked;
    },
    skewed: (median, spread) => {
      const normal = next() + next() + next() + next() - 2;
      return median * Math.exp(normal * spread * 1.7);
    },
    bytes: (length) => Uint8Array.from({ length }, () => word() & 255),
  };
}

function seedWords(seed: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  for (let at = 0; at < seed.length; at += 1) {
    const slot = (at % 3) as 0 | 1 | 2;
    words[slot] = Math.imul(words[slot] ^ seed.charCodeAt(at), 0x01000193) | 0;
  }
  return words;
}
