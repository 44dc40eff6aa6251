import type { AccountProject, AccountSummary } from "../../contracts/accounts.ts";
import { accountOutcomes } from "../../core/accounts/account-outcome.ts";

export type VisibleAccount = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly addedBy: string;
  readonly createdAt: Date;
  readonly replaces: string | null;
  readonly revokedAt: Date | null;
  readonly askedAt: Date | null;
  readonly lastReadAt: Date | null;
  readonly lastOutcome: string | null;
  readonly failingSince: Date | null;
};

/** An account as pages show it. */
export function accountSummary(
  row: VisibleAccount,
  projects: readonly AccountProject[] = [],
): AccountSummary {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    askedAt: row.askedAt?.toISOString() ?? null,
    lastReadAt: row.lastReadAt?.toISOString() ?? null,
    lastOutcome: accountOutcomes.find((each) => each === row.lastOutcome) ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
    projects,
  };
}
