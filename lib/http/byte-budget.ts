/** Bytes that all bodies of a process may hold in memory together. */
export type ByteBudget = {
  /** False where so many more would exceed the budget; then nothing is taken. */
  take(bytes: number): boolean;
  give(bytes: number): void;
  held(): number;
};

export function createByteBudget(bytesMax: number): ByteBudget {
  let held = 0;
  return {
    take(bytes) {
      if (held + bytes > bytesMax) return false;
      held += bytes;
      return true;
    },
    give(bytes) {
      held -= bytes;
    },
    held: () => held,
  };
}
