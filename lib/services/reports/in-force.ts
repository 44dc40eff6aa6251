import { catalogsOfPeriod, policiesOfPeriod, type VersionInForce } from "../../db/report-documents.ts";
import type { PackSource } from "./with-pack-source.ts";

export type InForce = {
  readonly policies: readonly VersionInForce[];
  readonly catalogs: readonly VersionInForce[];
};

/**
 * Policies and catalogs that were in force at some time of a report's period, up to the end of its range: what came into
 * force after that is nothing the pack could be about.
 */
export async function documentsInForce({
  sql,
  question,
  range,
}: Pick<PackSource, "sql" | "question" | "range">): Promise<InForce> {
  const { tenantId, periodFrom, periodTo } = question;
  const { signedAt } = range.endHead;
  const until = signedAt < periodTo ? signedAt : periodTo;
  return {
    policies: await policiesOfPeriod(sql, tenantId, periodFrom, until),
    catalogs: await catalogsOfPeriod(sql, tenantId, periodFrom, until),
  };
}
