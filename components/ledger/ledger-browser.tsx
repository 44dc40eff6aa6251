"use client";

import { useQueryStates } from "nuqs";
import { ledgerPageParsers, logNameOf } from "../../lib/contracts/ledger-parsers.ts";
import { Empty } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { LogIndex } from "./log-index.tsx";
import { LogPage } from "./log-page.tsx";

export type LedgerBrowserProps = {
  /** The tenant of a reader of one log; null where there are several. */
  only: string | null;
  /** True for a reader of none. */
  none: boolean;
};

/** The page `/ledger`: is the record whole? One log where a tenant is chosen, else all of them. */
export function LedgerBrowser({ only, none }: LedgerBrowserProps) {
  const [state] = useQueryStates(ledgerPageParsers);
  const name = logNameOf(state, only);
  if (none)
    return (
      <div className="flex flex-col gap-5">
        <PageHeader range={false} title="Ledger" />
        <Empty className="rounded-md border bg-surface" kind="no-data" title="You are a member of no tenant">
          Each tenant has a ledger of its own. An administrator adds you to a tenant under Settings.
        </Empty>
      </div>
    );
  return name === null ? (
    <LogIndex />
  ) : (
    <LogPage hasOthers={only === null} key={JSON.stringify(name)} name={name} />
  );
}
