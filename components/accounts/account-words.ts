import type { AccountProject } from "../../lib/contracts/accounts.ts";
import type { AccountOutcome } from "../../lib/core/accounts/account-outcome.ts";
import { pinOfResidency } from "../../lib/core/accounts/pin-of-residency.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { regionName } from "../ui/region-name.tsx";

/** What came of a reading, and what to do. */
export const outcomeWords: Readonly<Record<AccountOutcome, string>> = {
  ok: "OpenAI answered.",
  key_refused: "OpenAI does not know this key. It was deleted there or mistyped here: replace it.",
  not_permitted:
    "OpenAI knows this key, and it may not read all that is asked. Replace it with one that may read projects, data retention and usage.",
  not_found: "The organization has nothing of that name.",
  too_many_requests: "OpenAI was asked too often. The next reading tries again.",
  provider_failed: "OpenAI answered with an error. The next reading tries again.",
  unreachable: "OpenAI did not answer. The next reading tries again.",
  answer_unreadable:
    "OpenAI's answer is not of the form that it documents, so nothing was read from it. The next reading tries again.",
  account_closed: "The key was removed while it was read.",
  gateway_away: "The gateway did not answer, so OpenAI was not asked. The next reading tries again.",
};

/** What the provider says a project is bound to, in our words. */
export function residencyWords(residency: string | null, catalog: Catalog): string {
  if (residency === null) return "Not said";
  const pin = pinOfResidency(residency, catalog);
  if (pin === null) return "Not a word that the catalog knows, so no pin follows";
  switch (pin.kind) {
    case "global":
      return "Bound to no region";
    case "processing":
      return `Processing and storage in ${regionName(pin.region)}`;
    case "storage_only":
      return `Storage only in ${regionName(pin.region)}`;
  }
}

/** Words of the provider for data retention (client `openai` 7.57.0, `data-retention.d.ts`, read 2026-11-30). */
const retentions: Readonly<Record<string, string>> = {
  none: "No control of its own",
  zero_data_retention: "Zero data retention",
  modified_abuse_monitoring: "Modified abuse monitoring",
  enhanced_zero_data_retention: "Enhanced zero data retention",
  enhanced_modified_abuse_monitoring: "Enhanced modified abuse monitoring",
};

export function retentionWords({
  retention,
  organizationRetention,
}: Pick<AccountProject, "retention" | "organizationRetention">): string {
  if (retention === null) return "Not readable with this key";
  if (retention !== "organization_default") return wordOf(retention);
  if (organizationRetention === null) return "As the organization has it, which this key may not read";
  return `${wordOf(organizationRetention)}, as the organization has it`;
}

function wordOf(retention: string): string {
  return (Object.hasOwn(retentions, retention) ? retentions[retention] : undefined) ?? retention;
}
