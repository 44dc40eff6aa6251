import Link from "next/link";
import { type CallPageState, callFacetParsers, callsHref } from "../../lib/contracts/call-parsers.ts";
import { type CallFacet, callFacets } from "../../lib/contracts/calls.ts";
import { cn } from "../ui/cn.ts";

type View = { readonly title: string; readonly facet: CallFacet; readonly value: string };

const views: readonly View[] = [
  { title: "Outside policy", facet: "verdict", value: "violation" },
  { title: "Not verifiable", facet: "verdict", value: "unverifiable" },
  { title: "Stopped", facet: "verdict", value: "blocked" },
  { title: "Global endpoint", facet: "region", value: "global" },
  { title: "Refused by the provider", facet: "reason", value: "attempted_egress" },
  { title: "Only reported", facet: "basis", value: "reported" },
];

const noFacets = Object.fromEntries(Object.keys(callFacetParsers).map((facet) => [facet, []]));

/** The questions asked most, one click each. Tenant and range stay. */
export function SystemViews({ state }: { state: CallPageState }) {
  return (
    <nav aria-label="Views" className="flex min-w-0 gap-1 overflow-x-auto print:hidden">
      <ViewLink
        active={callFacets.every((facet) => state[facet].length === 0)}
        href={callsHref({ ...state, ...noFacets, call: null })}
        title="All calls"
      />
      {views.map(({ title, facet, value }) => (
        <ViewLink
          active={callFacets.every((one) => state[one].join() === (one === facet ? value : ""))}
          href={callsHref({ ...state, ...noFacets, call: null, [facet]: [value] })}
          key={title}
          title={title}
        />
      ))}
    </nav>
  );
}

function ViewLink({ href, title, active }: { href: string; title: string; active: boolean }) {
  return (
    <Link
      aria-current={active ? "page" : undefined}
      className={cn(
        "inline-flex h-7 shrink-0 items-center whitespace-nowrap rounded-md px-2 text-sm focus-visible:-outline-offset-2",
        active ? "bg-hover font-medium text-ink" : "text-muted hover:bg-hover hover:text-ink",
      )}
      href={href}
      prefetch={false}
      scroll={false}
    >
      {title}
    </Link>
  );
}
