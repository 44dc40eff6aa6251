import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type UsageKind, usageKinds } from "../../../core/accounts/usage-kind.ts";
import { dayMs } from "../../../core/calendar.ts";

/** Requests of one project in one UTC hour that were counted alike. */
export type CountedRequests = {
  readonly projectId: string;
  /** As in the project's key: `eu`, `castorage`, `global`. */
  readonly residency: string;
  /** Start, Unix seconds. */
  readonly hour: number;
  readonly kind: UsageKind;
  readonly model: string;
  readonly batch: boolean;
  /** 0: nothing but that there is such a project. */
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
};

export type UsageJournal = {
  add(counted: CountedRequests): void;
  /** Everything counted, also what another process has written since. */
  read(): readonly CountedRequests[];
  /** Writes what is not written yet. */
  close(): void;
};

/** How long a count may wait to be written; a killed process loses no more. */
const waitMs = 200;
const keptMs = 40 * dayMs;
const bytesMax = 8 * 1024 * 1024;

/**
 * What the simulated provider counted, as lines of a file that outlives it, and that nobody else shortens. Counts of one key are added up when the file
 * is opened and when it has grown long, and those older than 40 days are dropped then.
 *
 * crash: a line is appended in one write, and one that broke off is passed over; the shortened file takes the place of
 * the long one in one rename.
 */
export function openUsageJournal(folder: string): UsageJournal {
  const file = fileIn(folder);
  const known = new Map<string, CountedRequests>();
  let waiting: CountedRequests[] = [];
  let timer: NodeJS.Timeout | null = null;
  let offset = 0;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const lines = waiting;
    waiting = [];
    if (lines.length > 0) appendUsage(folder, sum(lines));
  };
  const catchUp = (): void => {
    flush();
    const { text, end } = readFrom(file, offset);
    offset = end;
    for (const line of parse(text)) merge(known, line);
    if (end > bytesMax) shorten();
  };
  const shorten = (): void => {
    const oldest = (Date.now() - keptMs) / 1_000;
    for (const [key, { hour }] of known) if (hour < oldest) known.delete(key);
    const draft = `${file}.${process.pid}.new`;
    const text = textOf([...known.values()]);
    fs.writeFileSync(draft, text, { mode: 0o600 });
    fs.renameSync(draft, file);
    offset = Buffer.byteLength(text);
  };

  catchUp();
  // Also where the last line broke off: what comes next must not stand behind it.
  if (fs.existsSync(file)) shorten();
  return {
    add(counted) {
      waiting.push(counted);
      timer ??= setTimeout(flush, waitMs).unref();
    },
    read() {
      catchUp();
      return [...known.values()];
    },
    close: flush,
  };
}

/** Adds counts to the file of a provider that may be running: what the demo's story says was asked before it began. */
export function appendUsage(folder: string, counted: readonly CountedRequests[]): void {
  if (counted.length === 0) return;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.appendFileSync(fileIn(folder), textOf(counted), { mode: 0o600 });
}

/** What the file says now, for others than the provider itself. */
export function countedIn(folder: string): readonly CountedRequests[] {
  return sum(parse(readFrom(fileIn(folder), 0).text));
}

function fileIn(folder: string): string {
  return path.join(folder, "usage.jsonl");
}

function sum(lines: readonly CountedRequests[]): CountedRequests[] {
  const summed = new Map<string, CountedRequests>();
  for (const line of lines) merge(summed, line);
  return [...summed.values()];
}

function merge(into: Map<string, CountedRequests>, line: CountedRequests): void {
  const { projectId, hour, kind, model, batch } = line;
  const key = JSON.stringify([projectId, hour, kind, model, batch]);
  const before = into.get(key);
  into.set(
    key,
    before === undefined
      ? line
      : {
          ...line,
          requests: before.requests + line.requests,
          inputTokens: before.inputTokens + line.inputTokens,
          outputTokens: before.outputTokens + line.outputTokens,
        },
  );
}

/** To the end of the last whole line. */
function readFrom(file: string, offset: number): { text: string; end: number } {
  if (!fs.existsSync(file)) return { text: "", end: 0 };
  const bytes = fs.readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  return { text: bytes.subarray(offset, end).toString("utf8"), end };
}

const count = z.number().int().nonnegative();
const stored = z.object({
  projectId: z.string().min(1).max(64),
  residency: z.string().min(1).max(40),
  hour: count,
  kind: z.enum(usageKinds),
  model: z.string().max(200),
  batch: z.boolean(),
  requests: count,
  inputTokens: count,
  outputTokens: count,
});

function parse(text: string): CountedRequests[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [stored.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

function textOf(counted: readonly CountedRequests[]): string {
  return counted.map((line) => `${JSON.stringify(line)}\n`).join("");
}
