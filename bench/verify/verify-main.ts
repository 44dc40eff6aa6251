import process from "node:process";
import { sampleTrustRoot } from "../../lib/core/ledger/testing/sample-log.ts";
import { verifyPackFile } from "../../scripts/verify/pack-threads.ts";

// A process of its own, so that its memory is the verifier's alone.
const began = performance.now();
const thread = new URL("../../scripts/verify/pack-main.ts", import.meta.url);
const { verdict, counts } = await verifyPackFile(
  process.argv[2] ?? "",
  { trustRoot: sampleTrustRoot() },
  thread,
);
const ms = performance.now() - began;
process.stdout.write(JSON.stringify({ verdict, counts, ms, maxRssKb: process.resourceUsage().maxRSS }));
