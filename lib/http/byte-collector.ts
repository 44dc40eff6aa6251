/**
 * Puts bytes together as they come. Small pieces are copied into blocks: a body that is sent byte by byte would else
 * take a hundred times its size, for each piece is an object of its own.
 */
export type ByteCollector = {
  /** Keeps a large piece as it is, and the first one: it must not change afterwards. */
  push(piece: Buffer): void;
  bytes(): number;
  /** What was kept, in order. */
  pieces(): readonly Buffer[];
  /** All of it in one; without a copy where it came in one. */
  whole(): Buffer;
  clear(): void;
};

const blockBytes = 16 * 1024;
const smallBytes = 4 * 1024;

export function createByteCollector(): ByteCollector {
  let kept: Buffer[] = [];
  let block: Buffer | null = null;
  let used = 0;
  let bytes = 0;

  const closeBlock = (): void => {
    if (block === null || used === 0) return;
    const filled = block.subarray(0, used);
    const isHalf = used * 2 >= blockBytes;
    kept.push(isHalf ? filled : Buffer.from(filled));
    block = isHalf ? null : block;
    used = 0;
  };

  return {
    push(piece) {
      if (piece.byteLength === 0) return;
      bytes += piece.byteLength;
      if (piece.byteLength > smallBytes || bytes === piece.byteLength) {
        closeBlock();
        kept.push(piece);
        return;
      }
      if (used + piece.byteLength > blockBytes) closeBlock();
      block ??= Buffer.allocUnsafeSlow(blockBytes);
      used += piece.copy(block, used);
    },
    bytes: () => bytes,
    pieces() {
      closeBlock();
      return kept;
    },
    whole() {
      closeBlock();
      const [first] = kept;
      return kept.length === 1 && first ? first : Buffer.concat(kept, bytes);
    },
    clear() {
      kept = [];
      block = null;
      used = 0;
      bytes = 0;
    },
  };
}
