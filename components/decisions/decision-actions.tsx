"use client";

import { useId } from "react";
import type { ProposalAct } from "../../lib/client/policies.ts";
import { ForbiddenReason } from "../ui/forbidden-reason.tsx";
import { DecisionDialog, type DecisionWords } from "./decision-dialog.tsx";

export type DecisionActionsProps = {
  /** The reader asked for it himself: he may take it back, and another one decides. */
  isMine: boolean;
  /** Why the reader may not decide on what others ask for; null: he may. */
  forbidden: string | null;
  words: Readonly<Record<ProposalAct, DecisionWords>>;
  /** Does it and says what came of it. */
  decide: (act: ProposalAct, note: string) => Promise<string>;
};

/** What may be done about something that takes two people, while it waits for the second. */
export function DecisionActions({ isMine, forbidden, words, decide }: DecisionActionsProps) {
  const reasonId = useId();
  const reason = isMine ? "You asked for it, so another admin or officer decides." : forbidden;
  const describedBy = reason === null ? undefined : reasonId;
  const dialog = (act: ProposalAct) => ({
    decide: (note: string) => decide(act, note),
    words: words[act],
  });
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      {isMine ? (
        <DecisionDialog {...dialog("withdraw")} />
      ) : (
        <>
          <DecisionDialog {...dialog("approve")} describedBy={describedBy} />
          <DecisionDialog {...dialog("reject")} describedBy={describedBy} />
        </>
      )}
      <ForbiddenReason id={reasonId} reason={reason} />
    </div>
  );
}
