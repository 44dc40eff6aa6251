"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { restatedCallsQuery } from "../../lib/client/restatements.ts";
import type { RangeSearch } from "../../lib/contracts/range.ts";
import type { Verdict } from "../../lib/core/verdicts/verdict.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { Badge } from "../ui/badge.tsx";

const Restated = createContext<ReadonlyMap<string, Verdict>>(new Map());

/** Tells the rows beneath which calls of the window were restated. */
export function RestatedProvider({ range, children }: { range: RangeSearch; children: ReactNode }) {
  const { data } = useQuery(restatedCallsQuery(range));
  const byId = useMemo(() => new Map((data?.listed ?? []).map(({ id, verdict }) => [id, verdict])), [data]);
  return <Restated value={byId}>{children}</Restated>;
}

/** Beside a first verdict: what the call was restated to. Nothing where it was not. */
export function RestatedMark({ callId }: { callId: string }) {
  const verdict = useContext(Restated).get(callId);
  if (verdict === undefined) return null;
  return (
    <Badge className="mr-1.5" tone="outline">
      Restated: {verdictWords[verdict]}
    </Badge>
  );
}
