import { createHash } from "node:crypto";
import fs from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type ReportItem, reportProblemWords } from "../contracts/reports.ts";
import { closeDatabases } from "../db/connection.ts";
import type { Actor } from "../services/actor.ts";
import { checkMasterKey } from "../services/deployment/check-master-key.ts";
import { openLeads } from "../services/jobs/open-leads.ts";
import { Refusal } from "../services/refusal.ts";
import { listReports } from "../services/reports/list-reports.ts";
import { requestReport } from "../services/reports/request-report.ts";
import { takeReportAsJob } from "../services/reports/take-report.ts";
import { reportJobs } from "./build-reports.ts";

/**
 * `node lib/worker/pack.ts WISH`: asks for a pack, waits for it and writes it to a file. Where no worker leads the building,
 * it builds itself. Exits with 1 where no pack came of it.
 */
const actor: Actor = { kind: "system", job: "npm run pack" };
const nothing = { application: [], region: [], verdict: [], model: [], source: [] };
const leads = openLeads();
const patienceMs = 90_000;

type Wish = { readonly tenant: string; readonly from: string; readonly to: string; readonly out: string };

try {
  await checkMasterKey();
  process.exitCode = await write(JSON.parse(process.argv.at(-1) ?? "{}") as Wish);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}${error.fields.map(({ message }) => ` ${message}`).join("")}\n`);
  process.exitCode = 1;
} finally {
  await leads.close();
  await closeDatabases();
}

async function write({ out, ...wish }: Wish): Promise<number> {
  const id = await request(wish);
  const item = await built(wish.tenant, id);
  if (item.state !== "ready") {
    const words = item.problem === null ? "It was cancelled." : reportProblemWords[item.problem];
    process.stderr.write(`No pack came of it. ${words}\n`);
    return 1;
  }
  const taken = await takeReportAsJob(actor, { tenant: wish.tenant, id });
  const hash = createHash("sha256");
  // Beside and renamed, so that no half pack stands under its name.
  const draft = fs.openSync(`${out}.part`, "w", 0o600);
  for await (const piece of taken.bytes) {
    hash.update(piece);
    fs.writeSync(draft, piece);
  }
  fs.closeSync(draft);
  fs.renameSync(`${out}.part`, out);
  const { calls = 0, first = 0, end = 0, final = false } = item.pack ?? {};
  process.stdout.write(
    `${out}: ${calls} calls, entries ${first} to before ${end}, ${final ? "final" : "provisional"}\nSHA-256 ${hash.digest("hex")}\n`,
  );
  return 0;
}

/** A log that was opened a moment ago is signed within seconds. */
async function request(wish: Omit<Wish, "out">): Promise<string> {
  for (const until = Date.now() + patienceMs; ; ) {
    try {
      return (await requestReport(actor, { ...wish, ...nothing })).id;
    } catch (error) {
      if (!(error instanceof Refusal && error.code === "conflict") || Date.now() > until) throw error;
      await wait(1_000);
    }
  }
}

async function built(tenant: string, id: string): Promise<ReportItem> {
  const stopping = new AbortController();
  const job = reportJobs.find(({ name }) => name === "build-reports");
  for (;;) {
    const item = (await listReports(actor, { tenant })).items.find((each) => each.id === id);
    if (item && (item.state === "ready" || item.state === "failed" || item.state === "cancelled"))
      return item;
    // While a worker runs it has the lead, and does it.
    const lead = await leads.take("build-reports");
    if (lead !== null) {
      await job?.run(lead, stopping.signal);
      await lead.release();
    }
    await wait(300);
  }
}
