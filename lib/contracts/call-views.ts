import { z } from "zod";
import { type CallFilters, callSearchParams } from "./call-parsers.ts";
import { callSearch } from "./calls.ts";
import { tenantName } from "./tenants.ts";
import { line } from "./text.ts";

const viewName = line.trim().min(1, "A view needs a name.").max(60);

/** What `/calls` shows, to be kept under a name. `tenant` is whose people may see it; the search itself may span more. */
export const saveCallViewInput = z.object({
  tenant: tenantName,
  name: viewName,
  /** False: it is for the one who saves it. */
  shared: z.boolean().default(false),
  search: callSearch.omit({ cursor: true, limit: true }),
});
export type SaveCallViewInput = z.input<typeof saveCallViewInput>;

export const changeCallViewInput = z.object({ tenant: tenantName, name: viewName, shared: z.boolean() });
export type ChangeCallViewInput = z.infer<typeof changeCallViewInput>;

export type CallView = {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly shared: boolean;
  /** Query of `/calls` that shows it. */
  readonly query: string;
  readonly savedBy: string;
  readonly savedAt: string;
  /** True: the reader saved it. */
  readonly mine: boolean;
  /** True where the reader may rename, share and delete it. */
  readonly mayChange: boolean;
};

/** The filters as a query of `/calls` in a fixed order: the same filters, chosen in whatever order, are the same text. */
export function callViewQuery(filters: CallFilters): string {
  const pairs = [...callSearchParams(filters)].sort(([a, x], [b, y]) => (`${a} ${x}` < `${b} ${y}` ? -1 : 1));
  return new URLSearchParams(pairs).toString();
}
