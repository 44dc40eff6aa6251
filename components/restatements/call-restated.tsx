"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { callRestatementsQuery } from "../../lib/client/restatements.ts";
import { causeTitle } from "../calls/reason-words.ts";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";
import { causeWords } from "./restatement-words.ts";

/** Every approved correction of a call, beside its first verdict. Nothing where there is none. */
export function CallRestated({ callId }: { callId: string }) {
  const { data } = useQuery(callRestatementsQuery(callId));
  if (!data || data.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      {data.map((each) => (
        <Notice key={each.id}>
          <div className="flex flex-col gap-1">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-ink">
              Restated to <VerdictBadge band={each.bandAfter} verdict={each.after} />
              {each.reasons.map((reason) => causeTitle(reason)).join("; ")}
            </p>
            <p>
              {causeWords[each.cause]}: {each.statement}
            </p>
            <p>Evidence: {each.evidence}</p>
            <p className="text-xs">
              Asked by {each.author}, approved by {each.approvedBy} on <Time at={each.approvedAt} />. The
              first verdict stays.{" "}
              <Link
                className="text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
                href={`/settings/policies/${each.tenant}/restatements`}
              >
                Restatements
              </Link>
            </p>
          </div>
        </Notice>
      ))}
    </div>
  );
}
