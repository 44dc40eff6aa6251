import type { Usage } from "../../lib/contracts/usage.ts";
import { askedOf, type UsageState, usageHref } from "../../lib/contracts/usage-parsers.ts";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { filterWords } from "../exports/filter-words.ts";
import { tenantWords } from "../exports/tenant-words.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { dimensionWords, usageKeyText } from "./usage-words.ts";

const narrowing = ["application", "region", "model", "operation"] as const;

/** The table on the screen with all its columns, as a file. */
export function ExportUsage({ state, usage }: { state: UsageState; usage: Usage }) {
  const { window, rows, by } = usage;
  const params = new URLSearchParams(
    usageHref("", { ...askedOf(state), to: (window.asked ?? window).to }).slice(1),
  );
  const narrowed = narrowing.flatMap((of) => {
    const names = state[of].map((name) => usageKeyText(of, name));
    return names.length === 0 ? [] : `${dimensionWords[of]}: ${names.join(" or ")}`;
  });
  return (
    <ExportDialog
      about={[
        {
          term: "Rows",
          words: `${formatNoun(rows.length, "row")} by ${dimensionWords[by].toLowerCase()}, and one for all`,
        },
        { term: "Range", words: formatWindow(window.from, window.to) },
        { term: "Tenant", words: tenantWords(state.tenant) },
        { term: "Filter", words: filterWords(narrowed) },
      ]}
      noun="figures"
      params={params}
      path="/api/usage/export"
    />
  );
}
