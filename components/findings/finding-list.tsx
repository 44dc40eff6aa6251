import { type FindingListItem, severities } from "../../lib/contracts/findings.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { FindingRow } from "./finding-row.tsx";
import { severityWords } from "./severity-badge.tsx";

/** Findings under their severity, last seen first. `hasMore`: of the last severity there may be others. */
export function FindingList({ items, hasMore }: { items: readonly FindingListItem[]; hasMore: boolean }) {
  return severities.map((severity) => {
    const findings = items.filter((item) => item.severity === severity);
    if (findings.length === 0) return null;
    const isWhole = !hasMore || items.at(-1)?.severity !== severity;
    return (
      <Section
        action={
          <span className="text-faint text-xs tabular-nums">
            {formatNoun(findings.length, "finding")}
            {isWhole ? "" : " listed"}
          </span>
        }
        key={severity}
        title={severityWords[severity]}
      >
        <ul className="divide-y divide-line">
          {findings.map((finding) => (
            <FindingRow finding={finding} key={finding.id} />
          ))}
        </ul>
      </Section>
    );
  });
}
