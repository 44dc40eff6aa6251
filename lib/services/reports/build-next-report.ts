import { createHash } from "node:crypto";
import { readTrustRoot } from "../../core/ledger/trust-root.ts";
import { applicationsById } from "../../db/application.ts";
import { newestTrustRoot } from "../../db/ledger-trust-root.ts";
import { findReport, type ReportRow } from "../../db/report.ts";
import { deleteChunks } from "../../db/report-chunk.ts";
import {
  beginReport,
  closeWithoutPack,
  noteProgress,
  type OpenReport,
  openReports,
  putBack,
} from "../../db/report-queue.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { acrossTenants } from "../jobs/across-tenants.ts";
import { failReport, finishReport } from "./close-report.ts";
import { nameIn } from "./filter-of.ts";
import type { BuildPack } from "./pack-building.ts";
import { PackProblem } from "./pack-problem.ts";
import { signManifest } from "./sign-manifest.ts";
import { storePieces } from "./store-pieces.ts";
import { withPackSource } from "./with-pack-source.ts";

const triesMax = 3;

export type Builder = {
  readonly build: BuildPack;
  readonly software: string;
  /** Of this worker's lead: one with a lower number writes no more. */
  readonly fence: number;
  readonly signal: AbortSignal;
};

/** `cancelled`: somebody wanted it stopped. `put back`: this worker stops. `lost`: another worker leads. */
export type BuildOutcome = "nothing" | "ready" | "failed" | "cancelled" | "put back" | "lost";

/** Thrown out of a build that is not to go on. */
class BuildStopped extends Error {
  readonly outcome: "cancelled" | "put back" | "lost";
  constructor(outcome: BuildStopped["outcome"]) {
    super(outcome);
    this.outcome = outcome;
  }
}

/**
 * Builds the oldest report that waits, one that was cut short behind the others; closes first what people cancelled. One at a time in the whole deployment, so one
 * of a tenant at a time.
 *
 * crash: what a dead worker left is begun anew, from the first byte, three times at most. A pack is there once its row says
 * `ready`; pieces of one that is not are deleted before the next try.
 */
export async function buildNextReport(builder: Builder): Promise<BuildOutcome> {
  const open = await acrossTenants(openReports);
  for (const report of open.filter(({ cancelWantedAt }) => cancelWantedAt !== null))
    await cancel(report, builder.fence);
  const next = open.find(({ cancelWantedAt }) => cancelWantedAt === null);
  if (!next) return "nothing";
  if (next.tries >= triesMax) return fail(next, builder, new PackProblem("tried_too_often"));
  try {
    return await build(next, builder);
  } catch (error) {
    if (error instanceof PackProblem) return fail(next, builder, error);
    if (!(error instanceof BuildStopped)) throw error;
    if (error.outcome === "cancelled") await cancel(next, builder.fence);
    if (error.outcome === "put back") await inTenant(next, (sql) => putBack(sql, next, builder.fence));
    return error.outcome;
  }
}

async function build(open: OpenReport, builder: Builder): Promise<BuildOutcome> {
  const { tenantId, id } = open;
  const { fence, signal } = builder;
  const report = await inTenant(open, async (sql) => {
    if (!(await beginReport(sql, open, fence, new Date()))) throw new BuildStopped("lost");
    await deleteChunks(sql, tenantId, id);
    return findReport(sql, [tenantId], id);
  });
  if (!report) throw new BuildStopped("lost");
  const hash = createHash("sha256");
  let stored = 0;
  const built = await withPackSource(questionOf(report), async (source) => {
    const entriesTotal = source.range.end - source.range.first;
    const goOn = async (entriesDone: number, bytesDone: number, state: "building" | "signing") => {
      if (signal.aborted) throw new BuildStopped("put back");
      const progress = { state, entriesTotal, entriesDone, bytesDone };
      const answer = await inTenant(open, (sql) => noteProgress(sql, open, fence, progress));
      if (answer !== "on") throw new BuildStopped(answer === "cancel" ? "cancelled" : "lost");
    };
    await goOn(0, 0, "building");
    const applications = await applicationsById(source.sql, [tenantId]);
    const pack = await builder.build({
      source,
      deployment: await deploymentName(),
      software: builder.software,
      nameOf: nameIn(applications),
      take: async (archive) => {
        stored = await storePieces(open, archive, hash);
      },
      sign: (manifest) =>
        signManifest(source.range.key, manifest, () => goOn(entriesTotal, stored, "signing")),
      onProgress: goOn,
    });
    return { pack, range: source.range };
  });
  const isOurs = await finishReport(report, fence, {
    ...built.pack,
    range: built.range,
    bytes: stored,
    sha256: hash.digest(),
  });
  if (!isOurs) throw new BuildStopped("lost");
  return "ready";
}

const questionOf = (report: ReportRow) => ({ ...report, epoch: Number(report.epoch) });

async function deploymentName(): Promise<string> {
  const row = await newestTrustRoot();
  return row ? readTrustRoot(row.document).deployment : "unknown";
}

async function cancel(report: OpenReport, fence: number): Promise<void> {
  await inTenant(report, async (sql) => {
    if (await closeWithoutPack(sql, report, fence, { state: "cancelled" }, new Date()))
      await deleteChunks(sql, report.tenantId, report.id);
  });
}

async function fail(
  report: OpenReport,
  { fence }: Builder,
  { problem, message }: PackProblem,
): Promise<BuildOutcome> {
  await inTenant(report, (sql) => deleteChunks(sql, report.tenantId, report.id));
  await failReport(report, fence, problem, message);
  return "failed";
}

const inTenant = <T>(
  { tenantId }: { tenantId: string },
  fn: Parameters<typeof withTenantSql<T>>[1],
): Promise<T> => withTenantSql(tenantScope(tenantId), fn);
