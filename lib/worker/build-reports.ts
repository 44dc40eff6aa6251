import fs from "node:fs";
import { log } from "../log.ts";
import { buildPack } from "../reports/build-pack.ts";
import { buildNextReport } from "../services/reports/build-next-report.ts";
import { runSchedules } from "../services/reports/run-schedules.ts";
import type { Job } from "./run-job.ts";

const packageFile = new URL("../../package.json", import.meta.url);

/** The jobs of the reports page: packs are built in their turn, and asked for when a month or a quarter has ended. */
export const reportJobs: readonly Job[] = [
  {
    name: "build-reports",
    everyMs: 1_000,
    run: async ({ fence }, signal) => {
      const { version: software } = JSON.parse(fs.readFileSync(packageFile, "utf8")) as { version: string };
      const outcome = await buildNextReport({ build: buildPack, software, fence, signal });
      if (outcome === "failed") log.warn("a report could not be built; its row says why");
      else if (outcome !== "nothing") log.info({ outcome }, "a report was worked on");
    },
  },
  {
    name: "report-schedules",
    everyMs: 30_000,
    run: async () => {
      const { asked, dropped } = await runSchedules(new Date());
      if (asked > 0 || dropped > 0)
        log.info({ asked, dropped }, "reports were asked for by schedules, or dropped");
    },
  },
];
