export type Random = { below(bound: number): number };

/** A seeded source of numbers: the same seed, the same bodies (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    below(bound) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * bound);
    },
  };
}

/** A body as a broken or hostile sender would have it: cut, doubled, with bytes changed, put in, or of another length. */
export function mutate(body: Buffer, random: Random): Buffer {
  let made: Buffer = Buffer.from(body);
  const times = 1 + random.below(4);
  for (let time = 0; time < times; time++) made = steps[random.below(steps.length)]?.(made, random) ?? made;
  return made;
}

type Step = (body: Buffer, random: Random) => Buffer;

const odd = [0x00, 0x7f, 0x80, 0xff, 0x0a, 0x22, 0x5b, 0x7b, 0x5d, 0x7d, 0x2c, 0x3a, 0x5c, 0x2d];

const steps: readonly Step[] = [
  (body, random) => body.subarray(0, random.below(body.length + 1)),
  (body, random) => body.subarray(random.below(body.length + 1)),
  (body, random) => {
    if (body.length > 0) body[random.below(body.length)] = random.below(256);
    return body;
  },
  (body, random) => {
    if (body.length > 0) body[random.below(body.length)] = odd[random.below(odd.length)] ?? 0;
    return body;
  },
  (body, random) => {
    const at = random.below(body.length + 1);
    const put = Buffer.from(Array.from({ length: 1 + random.below(12) }, () => random.below(256)));
    return Buffer.concat([body.subarray(0, at), put, body.subarray(at)]);
  },
  (body, random) => {
    const at = random.below(body.length + 1);
    const part = body.subarray(at, at + random.below(64));
    const to = random.below(body.length + 1);
    return Buffer.concat([body.subarray(0, to), part, body.subarray(to)]);
  },
  (body, random) => {
    const at = random.below(body.length + 1);
    return Buffer.concat([body.subarray(0, at), body.subarray(at + random.below(32))]);
  },
  (body, random) => {
    const words = [
      '{"__proto__":1}',
      "null",
      "1e999",
      '"\\ud800"',
      "-0",
      "[[[[[[",
      '{"constructor":{}}',
      "18446744073709551616",
    ];
    const at = random.below(body.length + 1);
    return Buffer.concat([
      body.subarray(0, at),
      Buffer.from(words[random.below(words.length)] ?? ""),
      body.subarray(at),
    ]);
  },
];
