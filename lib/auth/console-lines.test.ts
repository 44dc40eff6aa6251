// biome-ignore-all lint/suspicious/noConsole: what is written there is tested.
import { expect, it } from "vitest";
import { logOutput } from "../testing/log-output.ts";
import { writeConsoleAsLines } from "./console-lines.ts";

const secret = "sesame-4711";

async function linesOf(action: () => void): Promise<Record<string, unknown>[]> {
  const output = await logOutput(async () => {
    const stop = writeConsoleAsLines();
    try {
      action();
      // Node tells of a warning in the next turn.
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      stop();
    }
  });
  expect(output).not.toContain(secret);
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

it("writes what a library says as lines, with the kind and place of its error, and no word of it", async () => {
  const cause = Object.assign(new TypeError(`Key (email)=(${secret}) exists`), { code: "P2002" });
  const lines = await linesOf(() => {
    console.error(new Error(`password ${secret}`, { cause }));
    console.error("unhandledRejection:", secret);
    console.warn(`⚠ ${secret}`);
    console.log(`Ready as ${secret}`);
    process.emitWarning(secret, "DeprecationWarning", "DEP0001");
  });
  expect(lines).toMatchObject([
    { level: "error", console: "error", err: { type: "Error", cause: { type: "TypeError", code: "P2002" } } },
    { level: "error", console: "error" },
    { level: "warn", console: "warn" },
    { level: "debug", console: "log" },
    { level: "warn", msg: "warned by Node", err: { type: "DeprecationWarning", code: "DEP0001" } },
  ]);
  expect(JSON.stringify(lines[1])).toContain("console-lines.test.ts");
});

it("leaves what a page threw to the line that names its digest", async () => {
  const thrown = Object.assign(new Error(secret), { digest: "12345" });
  expect(await linesOf(() => console.error(thrown))).toMatchObject([{ level: "debug" }]);
});
