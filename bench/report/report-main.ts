import { closeDatabases } from "../../lib/db/connection.ts";
import { buildPack } from "../../lib/reports/build-pack.ts";
import { type BuildOutcome, buildNextReport } from "../../lib/services/reports/build-next-report.ts";

export type BuildReport = {
  readonly outcome: BuildOutcome;
  readonly ms: number;
  /** The most that this process has held since it began, in MiB. */
  readonly peakRssMb: number;
};

/** A process that does nothing but build reports, as the worker does; each message is the number of its lead. */
process.on("message", (fence: number) => void build(fence).then((report) => process.send?.(report)));
process.once("disconnect", () => void closeDatabases());
process.send?.({ rssMb: process.memoryUsage().rss / 1_048_576 });

async function build(fence: number): Promise<BuildReport> {
  const began = performance.now();
  const signal = new AbortController().signal;
  const outcome = await buildNextReport({ build: buildPack, software: "bench", fence, signal });
  const ms = performance.now() - began;
  return { outcome, ms, peakRssMb: process.resourceUsage().maxRSS / 1_024 };
}
