import { csvLine } from "../exports/csv-line.ts";
import { isCovered } from "./computed-report.ts";
import type { Report } from "./report.ts";

const header = [
  "finding",
  "title",
  "cause",
  "severity",
  "state",
  "resolution",
  "opened_at",
  "application",
  "application_id",
  "host",
  "model",
  "basis",
  "calls",
  "first_at",
  "last_at",
] as const;

/** `tables/findings.csv`: the cases of a report, one a line, as its two parts say them. Follows from `report.json` alone. */
export function findingsTable({ computed, stated }: Pick<Report, "computed" | "stated">): string {
  const names = new Map(stated.system.applications.map(({ id, name }) => [id, name]));
  const said = isCovered(stated.findings) ? stated.findings : [];
  const lines = computed.findings.cases.rows.map((row, i) => {
    const { id = null, title = null, severity = null, state = null, resolution = null } = said[i] ?? {};
    return csvLine([
      id,
      title,
      row.cause,
      severity,
      state,
      resolution,
      said[i]?.opened_at ?? null,
      names.get(row.application_id) ?? row.application_id,
      row.application_id,
      row.host,
      row.model,
      row.basis,
      row.calls,
      row.first_at,
      row.last_at,
    ]);
  });
  return csvLine(header) + lines.join("");
}
