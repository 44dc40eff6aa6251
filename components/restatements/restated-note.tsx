"use client";

import { useQuery } from "@tanstack/react-query";
import { restatedCallsQuery } from "../../lib/client/restatements.ts";
import type { RangeSearch } from "../../lib/contracts/range.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";
import { moveSentence } from "./restatement-words.ts";

/** Says beside figures of first verdicts how many of those calls were restated. Nothing where none was. */
export function RestatedNote({ range }: { range: RangeSearch }) {
  const { data } = useQuery(restatedCallsQuery(range));
  if (!data || data.calls === 0) return null;
  return (
    <Notice>
      {formatNoun(data.calls, "call")} of this time {data.calls === 1 ? "was" : "were"} restated:{" "}
      {moveSentence(data.moves)}. Figures and lists show the first verdicts.
    </Notice>
  );
}
