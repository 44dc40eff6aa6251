import { expect, it } from "vitest";
import { isCoveredByKeys, type KeySpan } from "./key-days.ts";

const key = (createdAt: number, revokedAt: number | null = null): KeySpan => ({ createdAt, revokedAt });

it.each<[string, readonly KeySpan[], boolean]>([
  ["no key", [], false],
  ["one from before that is still here", [key(5)], true],
  ["one from its first moment on", [key(10)], true],
  ["one that came later", [key(11)], false],
  ["one that ended at its end", [key(0, 20)], true],
  ["one that ended in it", [key(0, 15)], false],
  ["one that took the place of another", [key(15), key(0, 15)], true],
  ["one that came after a gap", [key(0, 14), key(15)], false],
  ["one that ended before it, and one that came after it", [key(0, 5), key(30)], false],
  ["one that ended in it beside one that did not", [key(0, 12), key(1)], true],
])("a span is covered by %s: %j", (_, keys, covered) => {
  expect(isCoveredByKeys(keys, 10, 20)).toBe(covered);
});
