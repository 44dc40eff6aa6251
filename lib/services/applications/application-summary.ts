import type { ApplicationSummary } from "../../contracts/applications.ts";
import type { DataCategory } from "../../core/findings/data-category.ts";

type Row = {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly purpose: string;
  readonly dataCategory: string;
  readonly owner: string | null;
  readonly createdAt: Date;
};

/** An application as pages show it. The words were checked by the table's constraints when they were written. */
export function applicationSummary(row: Row): ApplicationSummary {
  return {
    id: row.id,
    name: row.name,
    environment: row.environment === "test" ? "test" : "production",
    purpose: row.purpose,
    dataCategory: row.dataCategory as DataCategory,
    owner: row.owner,
    createdAt: row.createdAt.toISOString(),
  };
}
