import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sampleTrustRoot } from "../lib/core/ledger/testing/sample-log.ts";
import { bundleVerifier } from "../scripts/supervisor/bundle-verifier.ts";
import type { BenchResult } from "./bench-result.ts";
import { makePack } from "./verify/make-pack.ts";

const entriesDefault = 200_000;
const rounds = 3;
const goal = { entriesPerS: 25_000, rssMb: 300 };

type Run = { readonly ms: number; readonly maxRssKb: number };

/** What the verifier says, as far as it is read here. */
type Said = { readonly verdict: string; readonly entries: string; readonly judged_again: string };

/**
 * Verifies a pack of calls at their true size with every check, judging all of them again, with the one file that is
 * offered for download; beside SHA-256 over the same bytes in one thread, both in turn. `--entries 1000000` for the whole size.
 */
export async function measure(args: readonly string[]): Promise<BenchResult> {
  const at = args.indexOf("--entries");
  const entries = at < 0 ? entriesDefault : Number(args[at + 1]);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-bench-verify-"));
  try {
    const file = path.join(folder, "pack.zip");
    await bundleVerifier(folder);
    fs.writeFileSync(path.join(folder, "trust-root.json"), JSON.stringify(sampleTrustRoot()));
    const made = makePack(file, entries);
    console.log(
      `pack: ${entries} entries of ${Math.round(made.entryBytes)} bytes, ${(made.bytes / 1e6).toFixed(0)} MB`,
    );
    const hashed: number[] = [];
    const runs: Run[] = [];
    for (let round = 0; round < rounds; round += 1) {
      hashed.push(hashMs(file));
      runs.push(verifyOnce(folder, file, entries));
    }
    const ms = middle(runs.map((run) => run.ms));
    const hashMiddle = middle(hashed);
    const entriesPerS = Math.round((entries / ms) * 1_000);
    const peakRssMb = Math.round(Math.max(...runs.map(({ maxRssKb }) => maxRssKb)) / 1_024);
    const ratio = Math.round((hashMiddle / ms) * 1_000) / 1_000;
    const threads = Math.min(8, os.availableParallelism());
    console.log(
      `verify: ${entriesPerS} entries/s, ${(made.bytes / ms / 1e3).toFixed(0)} MB/s, ${threads} threads, ${peakRssMb} MB at most`,
    );
    console.log(`SHA-256 of the same bytes, one thread: ${(made.bytes / hashMiddle / 1e3).toFixed(0)} MB/s`);
    console.log(
      entriesPerS >= goal.entriesPerS && peakRssMb < goal.rssMb ? "Within the goal." : "Not within the goal.",
    );
    return {
      ratios: { bytes_vs_sha256: ratio, entries_per_s: entriesPerS, peak_rss_mb: peakRssMb },
      figures: {
        entries,
        entryBytes: Math.round(made.entryBytes),
        bytes: made.bytes,
        threads,
        goal,
        load: os.loadavg()[0],
        ms: runs.map((run) => Math.round(run.ms)),
        sha256Ms: hashed.map(Math.round),
      },
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function verifyOnce(folder: string, file: string, entries: number): Run {
  const main = fileURLToPath(new URL("./verify/verify-main.mjs", import.meta.url));
  const verifier = path.join(folder, "domicile-verify.mjs");
  const args = [main, verifier, file, "--trust", path.join(folder, "trust-root.json"), "--json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 16_777_216 });
  const said = JSON.parse(stdout) as Said;
  const [seen, judgedAgain] = [said.entries, said.judged_again].map((words) => Number.parseInt(words, 10));
  // A verifier that looks at less is no faster one.
  if (said.verdict !== "PASS" || seen !== entries || (judgedAgain ?? 0) < entries * 0.99)
    throw new Error(`The pack was not verified whole: ${stdout}`);
  return JSON.parse(stderr) as Run;
}

function hashMs(file: string): number {
  const began = performance.now();
  const hash = createHash("sha256");
  const fd = fs.openSync(file, "r");
  const bytes = Buffer.alloc(1_048_576);
  for (let read = fs.readSync(fd, bytes); read > 0; read = fs.readSync(fd, bytes))
    hash.update(bytes.subarray(0, read));
  fs.closeSync(fd);
  hash.digest();
  return performance.now() - began;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
