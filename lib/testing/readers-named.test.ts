import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const checkout = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => fs.readFileSync(path.join(checkout, file), "utf8");

/** Relative paths below a folder. */
const filesOf = (folder: string): string[] =>
  (fs.readdirSync(path.join(checkout, folder), { recursive: true }) as string[])
    .map((file) => path.posix.join(folder, file))
    .filter((file) => !file.startsWith("lib/db/generated/") && !/[.]test[.]tsx?$/.test(file));

/** What our own sources declare, and the functions of the store. */
const declared = new Set(
  ["lib", "prisma", "scripts"].flatMap((folder) =>
    filesOf(folder)
      .filter((file) => /[.](ts|tsx|mjs|sql)$/.test(file))
      .flatMap((file) =>
        [...read(file).matchAll(/\b(?:function\*?|const|class|type|FUNCTION)\s+"?([A-Za-z_]\w*)/g)].map(
          ([, name = ""]) => name,
        ),
      ),
  ),
);

/** Names of functions among words: others have no capital and no line inside. */
const namesIn = (words: string): string[] => words.match(/\b[a-z][a-z\d]*(?:[A-Z_]\w*)\b/g) ?? [];

function strangersOf(file: string, sentence: RegExp): string[] {
  return [...read(file).matchAll(sentence)]
    .flatMap(([, words = ""]) => namesIn(words))
    .filter((name) => !declared.has(name))
    .map((name) => `${file}: ${name}`);
}

describe("the reader that is named above a statement, or beside an index", () => {
  it("is a function there is", () => {
    const statements = filesOf("lib/db").filter((file) => file.endsWith(".ts"));
    const models = filesOf("prisma/schema").filter((file) => file.endsWith(".prisma"));
    expect(statements.length).toBeGreaterThan(50);
    expect(models.length).toBeGreaterThan(20);
    expect([
      ...statements.flatMap((file) => strangersOf(file, /\bRead by ([^:.;*]*)/g)),
      ...models.flatMap((file) => strangersOf(file, /\/\/ read by: (.*)/g)),
    ]).toEqual([]);
  });
});
