import type { ReportPart } from "../../contracts/reports.ts";
import { findReport, type ReportRow, type StoredFile } from "../../db/report.ts";
import { chunkBytes, findChunk } from "../../db/report-chunk.ts";
import { findLink, spendLink } from "../../db/report-link.ts";
import { sqlOf, withTenantSql } from "../../db/with-tenant.ts";
import { personOf, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { filesOfPart } from "./report-item.ts";
import { tokenHash } from "./token-hash.ts";

/** What is handed over. `bytes` may be read once. */
export type TakenReport = {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly bytes: AsyncGenerator<Uint8Array>;
};

/** Uses a link up and hands over what it is for. The download is an entry of the tenant's log before its first byte. */
export async function takeReport(actor: Actor, token: string): Promise<TakenReport> {
  personOf(actor);
  const tenantIds = (await tenantsFor(actor, "report:build", undefined)).map(({ tenantId }) => tenantId);
  const hash = tokenHash(token);
  const link = await withTenantSql({ read: tenantIds, write: null }, (sql) => findLink(sql, tenantIds, hash));
  if (!link) throw noLink();
  const { report, part } = await spend(actor, { tenant: link.tenantId, hash });
  return handOver(report, part);
}

type Used = { readonly report: ReportRow; readonly part: ReportPart };

const spend = mutation<{ readonly tenant: string; readonly hash: Buffer }, Used>({
  permission: "report:build",
  // What `computed.changes.exports` counts.
  event: "report.exported",
  changesConfig: false,
  run: async ({ tx, actor, at, tenant: { tenantId } }, { hash }) => {
    const sql = sqlOf(tx);
    const { personId, sessionId } = personOf(actor);
    const used = await spendLink(sql, { tenantId, tokenHash: hash, personId, sessionId }, at);
    if (!used) throw noLink();
    const report = await findReport(sql, [tenantId], used.reportId);
    if (report?.state !== "ready" || report.droppedAt !== null) throw noLink();
    const part = (used.file ?? "pack") as ReportPart;
    return {
      output: { report, part },
      subject: used.reportId,
      detail: detailOf(report, part),
    };
  },
});

/** The same for the command line of whoever runs the deployment: without a link, and an entry all the same. */
export async function takeReportAsJob(
  actor: Actor,
  wanted: { readonly tenant: string; readonly id: string },
): Promise<TakenReport> {
  return handOver(await noteTaken(actor, wanted), "pack");
}

const noteTaken = mutation<{ readonly tenant: string; readonly id: string }, ReportRow>({
  permission: "report:build",
  event: "report.exported",
  changesConfig: false,
  run: async ({ tx, tenant: { tenantId } }, { id }) => {
    const report = await findReport(sqlOf(tx), [tenantId], id);
    if (report?.state !== "ready" || report.droppedAt !== null) throw noLink();
    return { output: report, subject: id, detail: detailOf(report, "pack") };
  },
});

const detailOf = ({ name, sha256 }: ReportRow, part: ReportPart) => ({
  part,
  name,
  sha256: sha256 === null ? null : Buffer.from(sha256).toString("hex"),
});

function handOver(report: ReportRow, part: ReportPart): TakenReport {
  const { name, bytes } = report;
  if (name === null || bytes === null) throw noLink();
  if (part === "pack")
    return {
      name,
      type: "application/zip",
      size: Number(bytes),
      bytes: readPieces(report, [{ path: "", offset: 0, bytes: Number(bytes) }]),
    };
  const files = filesOfPart(part, report.files ?? []);
  const stem = name.replace(/\.zip$/, "");
  return {
    name: `${stem}-${fileNames[part].name}`,
    type: fileNames[part].type,
    size: files.reduce((sum, file) => sum + file.bytes, 0),
    bytes: readPieces(report, files),
  };
}

const csv = "text/csv; charset=utf-8";
const fileNames: Readonly<Record<Exclude<ReportPart, "pack">, { name: string; type: string }>> = {
  report: { name: "report.json", type: "application/json" },
  pdf: { name: "report.pdf", type: "application/pdf" },
  population: { name: "population.csv", type: csv },
  exceptions: { name: "exceptions.csv", type: csv },
  findings: { name: "findings.csv", type: csv },
  records: { name: "records.ndjson", type: "application/x-ndjson" },
};

/** Files end to end, out of the pieces of the pack: they are stored in it as they are. One piece is held at a time. */
export async function* readPieces(
  { tenantId, id }: Pick<ReportRow, "tenantId" | "id">,
  files: readonly StoredFile[],
): AsyncGenerator<Uint8Array> {
  let held: { readonly n: number; readonly bytes: Buffer } = { n: -1, bytes: Buffer.alloc(0) };
  for (const { offset, bytes } of files)
    for (let at = offset; at < offset + bytes; ) {
      const n = Math.floor(at / chunkBytes);
      if (held.n !== n) held = { n, bytes: await pieceOf(tenantId, id, n) };
      const start = at - n * chunkBytes;
      const part = held.bytes.subarray(start, Math.min(held.bytes.length, start + offset + bytes - at));
      if (part.length === 0) throw new Error(`The pack ${id} ends before byte ${at}.`);
      yield part;
      at += part.length;
    }
}

async function pieceOf(tenantId: string, id: string, n: number): Promise<Buffer> {
  const scope = { read: [tenantId], write: null };
  const piece = await withTenantSql(scope, (sql) => findChunk(sql, tenantId, id, n));
  if (piece === null) throw new Error(`Piece ${n} of the pack ${id} is missing.`);
  return piece;
}

const noLink = () =>
  new Refusal(
    "not_found",
    "This link was used, is over, or is not yours. Ask for a new one on the reports page.",
  );
