import { z } from "zod";
import type { AccountOutcome } from "../core/accounts/account-outcome.ts";
import { tenantName } from "./tenants.ts";
import { line } from "./text.ts";

/** An admin key of the provider. Encrypted before it is stored; never shown again. */
const secret = line.min(8).max(512);

export const addAccountInput = z.object({
  tenant: tenantName,
  /** What people call the organization. */
  label: line.trim().min(1).max(60),
  secret,
});
export type AddAccountInput = z.infer<typeof addAccountInput>;

export const replaceAccountInput = z.object({ tenant: tenantName, secret });
export type ReplaceAccountInput = z.infer<typeof replaceAccountInput>;

/** Search of `/api/accounts`. */
export const accountsSearch = z.object({ tenant: tenantName });

/** What the provider says of a project, in its own words, and since when it says so. */
export type AccountProject = {
  readonly projectId: string;
  readonly name: string | null;
  /** `active`, `archived`. */
  readonly status: string | null;
  /** `GLOBAL`, `EU_STORAGE_PROCESSING`, …; null: it said none. */
  readonly residency: string | null;
  /** `zero_data_retention`, `organization_default`, …; null: not readable with this key. */
  readonly retention: string | null;
  /** What holds where `retention` is `organization_default`. */
  readonly organizationRetention: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Labels of the tenant's keys in use that name it. */
  readonly keys: readonly string[];
};

export type AccountSummary = {
  readonly id: string;
  readonly label: string;
  /** Last four characters only. */
  readonly hint: string;
  readonly addedBy: string;
  readonly createdAt: string;
  /** The account whose place this one took. */
  readonly replaces: string | null;
  readonly revokedAt: string | null;
  /** Somebody asked for a reading that is still to be made. */
  readonly askedAt: string | null;
  /** Of the last reading, whatever came of it. */
  readonly lastReadAt: string | null;
  readonly lastOutcome: AccountOutcome | null;
  readonly failingSince: string | null;
  readonly projects: readonly AccountProject[];
};

export type AccountList = {
  /** Newest first; revoked ones too. */
  readonly accounts: readonly AccountSummary[];
  /** Labels of keys in use whose project nobody named, so that nothing can be read for them. */
  readonly keysWithoutProject: readonly string[];
  /** Keys in use that name a project which no account in use knows. */
  readonly unknownProjects: readonly { readonly projectId: string; readonly keys: readonly string[] }[];
};
