import { exportResponse } from "../../lib/auth/export-response.ts";
import { callExportSearch } from "../../lib/contracts/exports.ts";
import { closeDatabases } from "../../lib/db/connection.ts";
import { exportCalls } from "../../lib/services/exports/export-calls.ts";
import { findSession } from "../../lib/services/sessions/find-session.ts";

/** Whose calls, as the page's link asks for them. */
export type ExportOrder = { readonly token: string; readonly search: Readonly<Record<string, string>> };

export type ExportReport = {
  readonly rows: number;
  readonly bytes: number;
  readonly ms: number;
  /** The most that this process has held since it began, in MiB. */
  readonly peakRssMb: number;
};

/** A process that does nothing but export: what the route does, from the session to the last byte of the answer. */
process.on("message", (order: ExportOrder) => void run(order).then((report) => process.send?.(report)));
process.once("disconnect", () => void closeDatabases());
process.send?.({ rssMb: process.memoryUsage().rss / 1_048_576 });

async function run({ token, search }: ExportOrder): Promise<ExportReport> {
  const began = performance.now();
  const actor = await findSession(token);
  if (!actor) throw new Error("The session of the measurement was not found.");
  const file = await exportCalls(actor, callExportSearch.parse(search));
  const { body } = exportResponse(file);
  let bytes = 0;
  for await (const piece of body ?? []) bytes += piece.length;
  const ms = performance.now() - began;
  return { rows: file.rows, bytes, ms, peakRssMb: process.resourceUsage().maxRSS / 1_024 };
}
