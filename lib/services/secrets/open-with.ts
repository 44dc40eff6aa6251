/** What the first of some keys opens, and which of them it was. Throws what the last one threw where none does. */
export function openWith(
  keys: readonly Buffer[],
  open: (key: Buffer) => Buffer,
): { readonly key: number; readonly plain: Buffer } {
  let failed: unknown = new Error("There is no key.");
  for (const [at, key] of keys.entries())
    try {
      return { key: at, plain: open(key) };
    } catch (error) {
      failed = error;
    }
  throw failed;
}
