import type { ReportProblem } from "../../contracts/reports.ts";
import { dayMs } from "../../core/calendar.ts";
import type { ReportRow } from "../../db/report.ts";
import { closeReady, closeWithoutPack } from "../../db/report-queue.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { mutation } from "../mutation.ts";
import type { PackRange } from "./find-range.ts";
import type { BuiltPack } from "./pack-building.ts";

/** Packs are kept so long at most; a closed period can be built again after that, from what is left of it. */
export const keptDays = 400;

const worker: Actor = { kind: "system", job: "build-reports" };

/** Another worker leads, and what this one did counts no more. */
class LeadLost extends Error {}

type Finished = BuiltPack & { readonly range: PackRange; readonly bytes: number; readonly sha256: Buffer };
type Ending = { readonly tenant: string; readonly id: string; readonly fence: number };

/** The pack is whole: its row says so, and the tenant's log, in one transaction. False where another worker leads. */
export async function finishReport(
  report: Pick<ReportRow, "tenantId" | "id">,
  fence: number,
  pack: Finished,
): Promise<boolean> {
  return unlessLost(finish(worker, { tenant: report.tenantId, id: report.id, fence, pack }));
}

export async function failReport(
  report: Pick<ReportRow, "tenantId" | "id">,
  fence: number,
  problem: ReportProblem,
  words: string,
): Promise<boolean> {
  return unlessLost(fail(worker, { tenant: report.tenantId, id: report.id, fence, problem, words }));
}

const finish = mutation<Ending & { readonly pack: Finished }, void>({
  permission: "report:build",
  event: "report.built",
  changesConfig: false,
  run: async ({ tx, at, tenant: { tenantId } }, { id, fence, pack }) => {
    const { range, name, calls, bytes, sha256, files, packId } = pack;
    const isOurs = await closeReady(sqlOf(tx), { tenantId, id }, fence, {
      origin: range.origin,
      rangeFrom: range.first,
      rangeTo: range.end,
      signedAt: range.endHead.signedAt,
      final: range.final,
      calls,
      name,
      bytes,
      sha256,
      files: files.map((file) => ({ path: file.path, offset: file.offset, bytes: file.bytes })),
      finishedAt: at,
      expiresAt: new Date(at.getTime() + keptDays * dayMs),
    });
    if (!isOurs) throw new LeadLost();
    const detail = {
      pack: packId,
      name,
      sha256: sha256.toString("hex"),
      first: range.first,
      end: range.end,
      calls,
    };
    return { output: undefined, subject: id, detail };
  },
});

const fail = mutation<Ending & { readonly problem: ReportProblem; readonly words: string }, void>({
  permission: "report:build",
  event: "report.failed",
  changesConfig: false,
  run: async ({ tx, at, tenant: { tenantId } }, { id, fence, problem, words }) => {
    const outcome = { state: "failed", problem } as const;
    if (!(await closeWithoutPack(sqlOf(tx), { tenantId, id }, fence, outcome, at))) throw new LeadLost();
    return { output: undefined, subject: id, detail: { problem, words: words.slice(0, 500) } };
  },
});

async function unlessLost(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof LeadLost) return false;
    throw error;
  }
}
