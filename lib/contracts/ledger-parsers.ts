import { createLoader, createSerializer, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import type { Checkpoint, LogSummary } from "./ledger.ts";
import { rangeParsers } from "./range-parsers.ts";

/** What the URL of `/ledger` says: a tenant, or the deployment's own log, or neither for all of them. */
export const ledgerPageParsers = {
  tenant: rangeParsers.tenant,
  log: parseAsStringLiteral(["system"]),
};
export type LedgerPageState = inferParserType<typeof ledgerPageParsers>;

/** The state as a page's `searchParams` have it. */
export const readLedgerState = createLoader(ledgerPageParsers);

const serialize = createSerializer(ledgerPageParsers);

/** Which log, in the words of `logSearch`. */
export type LogName = { readonly log: "system" } | { readonly log: "tenant"; readonly tenant: string };

/** The log that the page shows alone; null where it shows all. `only`: the one there is for a reader of one. */
export function logNameOf({ tenant, log }: LedgerPageState, only: string | null): LogName | null {
  if (tenant !== null) return { log: "tenant", tenant };
  if (log === "system") return { log: "system" };
  return only === null ? null : { log: "tenant", tenant: only };
}

/** Link to `/ledger` that shows this log alone. */
export function logHref({ log, tenant }: Pick<LogSummary, "log" | "tenant">): string {
  return log === "system" ? serialize("/ledger", { log }) : serialize("/ledger", { tenant });
}

/** The log as a query string of `/api/ledger/…`. */
export function logParams(name: LogName): URLSearchParams {
  return new URLSearchParams(name.log === "system" ? { log: "system" } : { tenant: name.tenant });
}

/** Where a checkpoint's note is kept for download. */
export function checkpointNoteHref(name: LogName, { epoch, size, signedAt }: Checkpoint): string {
  const params = logParams(name);
  params.set("epoch", String(epoch));
  params.set("size", String(size));
  params.set("at", signedAt);
  return `/api/ledger/checkpoints/note?${params}`;
}

/** Where the consistency of two checkpoints of one epoch is proven, for download. */
export function consistencyHref(name: LogName, older: Checkpoint, newer: Checkpoint): string {
  const params = logParams(name);
  params.set("epoch", String(newer.epoch));
  params.set("from", String(older.size));
  params.set("to", String(newer.size));
  return `/api/ledger/consistency?${params}`;
}

export const trustRootHref = "/api/ledger/trust-root";

/** Where the proof of a call's entry is kept for download. */
export function callProofHref(id: string): string {
  return `/api/calls/${encodeURIComponent(id)}/proof/file`;
}
