import { z } from "zod";
import { tenantName } from "./tenants.ts";
import { line } from "./text.ts";

export const modelsSearch = z.object({ tenant: tenantName.optional() });
export type ModelsSearch = z.infer<typeof modelsSearch>;

export const fetchListingInput = z.object({
  tenant: tenantName,
  /** One of the hosts that a provider key of the tenant may be sent to. */
  host: line.min(1).max(253),
});
export type FetchListingInput = z.infer<typeof fetchListingInput>;

/** What the provider listed last to one key through one host. */
export type ModelListing = {
  readonly tenant: string;
  readonly host: string;
  readonly region: string;
  /** Label of the provider key; null for keys of callers. */
  readonly credential: string | null;
  readonly at: string;
  readonly simulated: boolean;
  readonly models: readonly { readonly id: string; readonly shutdownOn: string | null }[];
};

/** A list that differed from the one before. */
export type ModelNotice = {
  readonly id: string;
  readonly tenant: string;
  readonly host: string;
  readonly region: string;
  readonly at: string;
  readonly simulated: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly shutdowns: readonly string[];
};

/** A host that the provider can be asked through now. */
export type ListingSource = {
  readonly tenant: string;
  readonly host: string;
  readonly region: string;
  readonly credential: string;
};

/** What stands beside the catalog: the provider's own lists, and what was sent. */
export type ModelsPage = {
  readonly listings: readonly ModelListing[];
  readonly notices: readonly ModelNotice[];
  readonly sources: readonly ListingSource[];
  /** Calls of the last 30 days, by model and region; a host without a region is `global` or `unknown`. */
  readonly used: readonly { readonly model: string; readonly region: string; readonly calls: number }[];
  readonly usedSince: string;
};

/** How an attempt to ask the provider now ended. */
export type FetchedListing =
  | { readonly outcome: "listed"; readonly models: number; readonly callId: string | null }
  | { readonly outcome: "refused"; readonly message: string; readonly callId: string | null };
