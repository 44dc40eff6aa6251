import Link from "next/link";
import { type CoverageState, coverageHref } from "../../lib/contracts/coverage-parsers.ts";
import { usageHref } from "../../lib/contracts/usage-parsers.ts";

export type UsageTabsProps = {
  current: "usage" | "coverage";
  /** Kept from one page to the other. */
  range: Pick<CoverageState, "tenant" | "range" | "from" | "to">;
};

/** What was used by the record, and the same beside what OpenAI counted. */
export function UsageTabs({ current, range: { tenant, range, from, to } }: UsageTabsProps) {
  const kept = { tenant, range, from, to };
  const pages = [
    { id: "usage", href: usageHref("/usage", kept), title: "As recorded" },
    { id: "coverage", href: coverageHref("/usage/coverage", kept), title: "Beside OpenAI's figures" },
  ] as const;
  return (
    <nav aria-label="Usage" className="flex gap-4 overflow-x-auto border-b print:hidden">
      {pages.map(({ id, href, title }) => (
        <Link
          aria-current={id === current ? "page" : undefined}
          className="-mb-px inline-flex h-9 items-center whitespace-nowrap border-transparent border-b-2 text-base text-muted transition-colors hover:text-ink aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-ink"
          href={href}
          key={id}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
