"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { restatedCallsQuery } from "../../lib/client/restatements.ts";
import type { RangeSearch } from "../../lib/contracts/range.ts";
import { Badge } from "../ui/badge.tsx";
import { restatedWords } from "./restatement-words.ts";

const Restated = createContext<ReadonlyMap<string, string>>(new Map());

/** Tells the rows beneath which calls of the window were restated. */
export function RestatedProvider({ range, children }: { range: RangeSearch; children: ReactNode }) {
  const { data } = useQuery(restatedCallsQuery(range));
  const byId = useMemo(
    () => new Map((data?.listed ?? []).map(({ id, verdict, band }) => [id, restatedWords(verdict, band)])),
    [data],
  );
  return <Restated value={byId}>{children}</Restated>;
}

/** Beside a first verdict: what the call was restated to. Nothing where it was not. */
export function RestatedMark({ callId }: { callId: string }) {
  const words = useContext(Restated).get(callId);
  if (words === undefined) return null;
  return (
    <Badge className="mr-1.5" tone="outline">
      Restated: {words}
    </Badge>
  );
}
