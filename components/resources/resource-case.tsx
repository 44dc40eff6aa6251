import Link from "next/link";
import type { ReactNode } from "react";
import type { ResourceDetail } from "../../lib/contracts/resources.ts";
import { BatchLineFacts } from "../calls/batch-line-facts.tsx";
import { LinkedFindings } from "../calls/linked-findings.tsx";
import { Notice } from "../ui/notice.tsx";
import { LineageGraph, type LineageGraphProps } from "./lineage-graph.tsx";
import { RefreshButton } from "./refresh-button.tsx";
import { BirthFacts, EndFacts, StateFacts } from "./resource-facts.tsx";
import { callThatMade } from "./resource-table.tsx";

export type ResourceCaseProps = { detail: ResourceDetail; hrefOf: LineageGraphProps["hrefOf"] };

/** All that the record holds of one stored object. */
export function ResourceCase({ detail, hrefOf }: ResourceCaseProps) {
  const { item, lineage, batchLines, findings, now } = detail;
  const { birth, isElsewhere } = item;
  return (
    <div className="flex flex-col gap-6 p-4">
      {isElsewhere && birth !== null ? (
        <Notice
          action={
            <Link className="text-accent-ink underline-offset-4 hover:underline" href={callThatMade(birth)}>
              The call that made it
            </Link>
          }
          tone="outside"
        >
          Born elsewhere: <span className="font-mono text-xs">{birth.host}</span> lies outside the policy in
          force now. Calls that name it are flagged, or stopped where the policy blocks.
        </Notice>
      ) : null}
      <Part title="State">
        <StateFacts item={item} now={now} />
        <RefreshButton item={item} />
      </Part>
      <Part title="Lineage">
        {lineage.nodes.length < 2 ? (
          <p className="text-muted text-sm">
            No recorded call made anything of it, and it was made from nothing that was recorded.
          </p>
        ) : (
          <LineageGraph here={item} hrefOf={hrefOf} lineage={lineage} />
        )}
        {lineage.isCut ? <p className="text-faint text-xs">More came of it than is shown here.</p> : null}
      </Part>
      <Part title="Birth">
        <BirthFacts item={item} />
      </Part>
      {batchLines === null || batchLines.length === 0 ? null : (
        <Part title="What its lines ask for">
          <BatchLineFacts lines={batchLines} />
        </Part>
      )}
      <Part title="End">
        <EndFacts item={item} now={now} />
      </Part>
      {birth === null ? null : (
        <Part title="Findings of the call that made it">
          <LinkedFindings findings={findings} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold text-sm">{title}</h3>
      {children}
    </section>
  );
}
