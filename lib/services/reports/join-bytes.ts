/** Cuts a stream into pieces of one size. */
export type ByteJoiner = {
  /** The pieces that became whole; each is valid until the next push. */
  push(part: Uint8Array): Generator<Uint8Array>;
  /** What is left, shorter than a piece. */
  rest(): Uint8Array;
};

export function createByteJoiner(size: number): ByteJoiner {
  const piece = Buffer.alloc(size);
  let filled = 0;
  return {
    *push(part) {
      for (let at = 0; at < part.length; ) {
        const taken = Math.min(size - filled, part.length - at);
        piece.set(part.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled < size) continue;
        yield piece;
        filled = 0;
      }
    },
    rest: () => piece.subarray(0, filled),
  };
}
