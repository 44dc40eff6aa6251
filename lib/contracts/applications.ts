import { z } from "zod";
import { type DataCategory, dataCategories } from "../core/findings/data-category.ts";
import { line, prose } from "./text.ts";

/** A tenant's system that calls, as pages show it. */
export type ApplicationSummary = {
  readonly id: string;
  readonly name: string;
  readonly environment: "production" | "test";
  readonly purpose: string;
  readonly dataCategory: DataCategory;
  /** Who answers for it; null where nobody was named. */
  readonly owner: string | null;
  readonly createdAt: string;
};

/** Asks for applications for which nobody was named, where an owner is asked for. */
export const nobody = "none";

/** What may be declared of an application. Its name and environment stay: calls are recorded under them. */
export const declareApplicationInput = z.object({
  purpose: prose.trim().max(500),
  dataCategory: z.enum(dataCategories),
  /** Empty: nobody named. */
  owner: line.trim().max(120),
});
export type DeclareApplicationInput = z.infer<typeof declareApplicationInput>;
