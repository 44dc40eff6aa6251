import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { BodyKind } from "./order.ts";

const mib = 1024 * 1024;

/** Reads one body on a thread of little heap: a parser that took a multiple of the body would end it. */
function readWith(heapMiB: number, kind: BodyKind, body: Uint8Array): Promise<string> {
  const at = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  const program = `
    import { parentPort, workerData } from "node:worker_threads";
    const { readPlain } = await import(${at("./read-plain.ts")});
    const { splitItems } = await import(${at("./split-items.ts")});
    const { readExport } = await import(${at("./otlp/read-export.ts")});
    const { kind, body } = workerData;
    const plain = readPlain(body, "gzip");
    try {
      if (kind.route === "otlp") readExport(kind.encoding, plain);
      else for (const item of splitItems(plain, kind.form)) void item;
      parentPort.postMessage("read");
    } catch (error) {
      parentPort.postMessage(error.name);
    }`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`), {
    workerData: { kind, body },
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

const repeated = (before: string, what: string, after: string, bytes = 31 * mib): Uint8Array =>
  gzipSync(
    Buffer.concat([
      Buffer.from(before, "latin1"),
      Buffer.alloc(Math.floor(bytes / what.length) * what.length, what, "latin1"),
      Buffer.from(after, "latin1"),
    ]),
    { level: 1 },
  );

describe("a body of some kilobytes that unfolds takes no multiple of what a body may be", () => {
  it.each<[string, BodyKind, Uint8Array, string]>([
    ["arrays in an element", { route: "calls", form: "json" }, repeated("[[", "[],", "0]]"), "read"],
    ["elements", { route: "calls", form: "json" }, repeated("[", "[],", "0]"), "IntakeRefusal"],
    ["arrays in a line", { route: "calls", form: "ndjson" }, repeated("[", "[],", "0]\n"), "read"],
    [
      "arrays in an export",
      { route: "otlp", encoding: "json" },
      repeated("[", "[],", "0]"),
      "UnreadableExport",
    ],
    [
      "members in an export",
      { route: "otlp", encoding: "json" },
      repeated("{", '"":{},', '"":0}'),
      "UnreadableExport",
    ],
    [
      "empty messages in an export",
      { route: "otlp", encoding: "protobuf" },
      repeated("", "\n\0", "", 2 * 1_900_000),
      "read",
    ],
  ])("%s", async (_what, kind, body, outcome) => {
    expect(await readWith(64, kind, body)).toBe(outcome);
  });
});
