import { z } from "zod";
import type { Catalog } from "../core/regions/catalog.ts";
import { type CatalogTable, catalogTables, celledTables } from "../core/regions/catalog-tables.ts";
import type { ChangeEffect } from "../core/regions/change-effect.ts";
import type { CatalogProblem } from "../core/regions/check-catalog.ts";
import type { RowDue } from "../core/regions/confirmations.ts";
import type { DescribedChange } from "../core/regions/describe-change.ts";
import type { CatalogEdit } from "../core/regions/edit-catalog.ts";
import { catalogSchema, cellSchema, rowSchemas } from "./catalog-schema.ts";
import type { DecisionSummary } from "./decisions.ts";
import type { ProposalState } from "./policies.ts";
import { line, prose } from "./text.ts";

/** A catalog has some 300 KB; drafts may carry a whole one. */
export const catalogBytesMax = 4 * 1024 * 1024;

const rowId = line.min(1).max(253);

const putEdits = catalogTables.map((table) =>
  z.strictObject({ kind: z.literal("put"), table: z.literal(table), row: rowSchemas[table] }),
);

const catalogEdit = z.union([
  z.strictObject({
    kind: z.literal("set_cell"),
    table: z.enum(celledTables),
    id: rowId,
    claim: z.enum(["storage", "processing"]),
    region: line.min(1).max(32),
    cell: cellSchema,
  }),
  z.strictObject({ kind: z.literal("remove"), table: z.enum(catalogTables), id: rowId }),
  ...putEdits,
]) as z.ZodType<CatalogEdit>;

/** Where the new version comes from. `edition`: the newer table that came with the program, merged in. */
export type CatalogDraft =
  | { readonly kind: "edits"; readonly edits: readonly CatalogEdit[] }
  | { readonly kind: "import"; readonly catalog: Catalog }
  | { readonly kind: "edition" };

const catalogDraft: z.ZodType<CatalogDraft> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("edits"), edits: z.array(catalogEdit).min(1).max(2000) }),
  z.strictObject({ kind: z.literal("import"), catalog: catalogSchema }),
  z.strictObject({ kind: z.literal("edition") }),
]);

export const publishCatalogInput = z.strictObject({
  /** The newest version when the draft was begun; another one since is a conflict. */
  basedOn: z.int().min(1),
  reason: prose.trim().min(10, "Say why, in at least 10 characters.").max(2000),
  draft: catalogDraft,
});
export type PublishCatalogInput = z.infer<typeof publishCatalogInput>;

export const previewCatalogInput = z.strictObject({ draft: catalogDraft });

export const confirmRowInput = z.strictObject({
  version: z.int().min(1),
  table: z.enum(catalogTables),
  id: rowId,
  statement: prose.trim().min(10, "Say what you compared, in at least 10 characters.").max(1000),
});
export type ConfirmRowInput = z.infer<typeof confirmRowInput>;

export type CatalogVersionSummary = {
  readonly version: number;
  readonly sha256: string;
  readonly origin: "shipped" | "edited" | "imported" | "edition";
  readonly edition: number;
  readonly basedOn: number | null;
  readonly reason: string;
  readonly publishedBy: string;
  readonly publishedAt: string;
  /** The second person, where the version widens; null where it does not. */
  readonly approvedBy: string | null;
};

/** What widens waits for a second administrator; everything else is the next version at once. */
export type PublishedCatalog =
  | (CatalogVersionSummary & { readonly kind: "published" })
  | { readonly kind: "proposed"; readonly id: string; readonly expiresAt: string };

export type CatalogChangeItem = DescribedChange & {
  readonly table: CatalogTable;
  readonly id: string;
  readonly path: readonly string[];
  readonly effect: ChangeEffect;
};

/** A tenant by whose policy calls can go to hosts that were outside it. */
export type TenantReach = {
  /** Short name; null for readers who are no administrators of the deployment. */
  readonly tenant: string | null;
  readonly hosts: readonly string[];
};

/** What a draft would change, and why it cannot be published, if so. */
export type CatalogPreview = {
  readonly basedOn: number;
  readonly changes: readonly CatalogChangeItem[];
  readonly problems: readonly CatalogProblem[];
  /** Places that both this deployment and the new edition changed; ours stays. */
  readonly conflicts: readonly string[];
  /** Tenants by whose policies, in force or about to be, calls can go to hosts that were outside them. */
  readonly reach: readonly TenantReach[];
  /** True where a second administrator of the deployment has to approve it. */
  readonly widens: boolean;
};

export const catalogDecisionInput = z.strictObject({ note: prose.trim().max(2000).default("") });
export type CatalogDecisionInput = z.infer<typeof catalogDecisionInput>;

/** A catalog that widens: what it changes, who asked, and what became of it. */
export type CatalogProposalSummary = {
  readonly id: string;
  readonly basedOn: number;
  readonly origin: "edited" | "imported" | "edition";
  readonly edition: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly state: ProposalState;
  readonly decision: DecisionSummary | null;
  /** True for the reader's own: he may withdraw it and not approve it. */
  readonly isMine: boolean;
  /** What it lets go or pass, as it was shown when it was asked for. */
  readonly widening: readonly string[];
  /** While it waits: all that it changes, and whom it concerns. */
  readonly preview: Pick<CatalogPreview, "changes" | "reach"> | null;
};

/** The catalog in force. */
export type CatalogPage = CatalogVersionSummary & {
  /** With the confirmations given here. */
  readonly catalog: Catalog;
  readonly due: readonly RowDue[];
  /** A newer table that came with the program; null where there is none. */
  readonly offer: { readonly edition: number; readonly asOf: string } | null;
};

export type CatalogVersionDetail = CatalogVersionSummary & { readonly changes: readonly CatalogChangeItem[] };
