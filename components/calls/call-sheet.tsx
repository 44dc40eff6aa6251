"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { callQuery } from "../../lib/client/calls.ts";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { CallRestated } from "../restatements/call-restated.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Time } from "../ui/time.tsx";
import { useMediaQuery } from "../ui/use-media-query.ts";
import { CallEvidence } from "./call-evidence.tsx";
import { CallEvidenceSkeleton } from "./call-evidence-skeleton.tsx";
import { callLinkId } from "./call-link-id.ts";
import { CallProofPart } from "./call-proof-part.tsx";

export type CallSheetProps = {
  /** The open call; null: closed. */
  id: string | null;
  onClose: () => void;
  /** Neighbours in the list; null where there is none. */
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  /** "3 of 50", told to screen readers on moving. */
  position: string | null;
};

/** One call beside the list. J and K move through the list (see `useListKeys`), Escape closes. */
export function CallSheet({ id, onClose, onPrevious, onNext, position }: CallSheetProps) {
  const call = useQuery({ ...callQuery(id ?? ""), enabled: id !== null });
  // Closing leaves no id; focus goes back to the row that was open last.
  const [lastId, setLastId] = useState(id);
  if (id !== null && id !== lastId) setLastId(id);
  const besideTheList = useMediaQuery("(min-width: 64rem), print");
  return (
    <Sheet
      actions={
        <>
          <Button
            aria-keyshortcuts="K"
            aria-label="Previous call"
            disabled={onPrevious === null}
            look="quiet"
            onClick={() => onPrevious?.()}
            size="icon"
            title="Previous call (K)"
          >
            <ChevronUp aria-hidden="true" />
          </Button>
          <Button
            aria-keyshortcuts="J"
            aria-label="Next call"
            disabled={onNext === null}
            look="quiet"
            onClick={() => onNext?.()}
            size="icon"
            title="Next call (J)"
          >
            <ChevronDown aria-hidden="true" />
          </Button>
        </>
      }
      description={
        call.data ? (
          <>
            <Time at={call.data.startedAt} precision="millisecond" /> · {call.data.application}
          </>
        ) : call.isError ? (
          "Not read"
        ) : (
          "Reading the evidence"
        )
      }
      modal={!besideTheList}
      onCloseAutoFocus={(event) => {
        const link = lastId === null ? null : document.getElementById(callLinkId(lastId));
        if (link === null) return;
        event.preventDefault();
        link.focus();
      }}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      open={id !== null}
      title={call.data?.operation ?? "Call"}
    >
      <p aria-live="polite" className="sr-only">
        {position === null ? "" : `Call ${position}`}
      </p>
      {call.data ? (
        <CallEvidence
          call={call.data}
          proof={<CallProofPart id={call.data.id} key={call.data.id} />}
          restated={<CallRestated callId={call.data.id} />}
        />
      ) : call.isError ? (
        <ErrorPanel
          className="m-4"
          error={call.error}
          onRetry={isGone(call.error) ? undefined : () => void call.refetch()}
          title="The call could not be read"
        />
      ) : (
        <CallEvidenceSkeleton />
      )}
    </Sheet>
  );
}

/** Asking again does not bring a call that is not there. */
function isGone(error: Error): boolean {
  return error instanceof ProblemError && error.problem.status === 404;
}
