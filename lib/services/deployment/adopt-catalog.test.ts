import { expect, it } from "vitest";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";

/** Editions as they were released. Whoever changes the table raises `edition` in `openai-catalog.ts` and adds a line. */
const released: Readonly<Record<number, string>> = {
  2: "012d92bf194bdce57026988a359b32ffe73cc46f88c67ca12cd5f85afc5b2bc4",
  3: "f88f41c890d16bcc1c597f8e490fdee18d1da7214da2bfe9f96f092bfd7663f4",
  4: "291f17e4a72dc59d73cff491d747145730a882a9b8bca388670d7badf4f015dd",
};

it("an edition of the shipped table has one content for ever", () => {
  expect(sha256Hex(canonicalJson(openaiCatalog))).toBe(released[openaiCatalog.edition]);
});
