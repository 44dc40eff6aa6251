"use client";

import { Play } from "lucide-react";
import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import { targetName } from "../playground/target-words.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { formatNoun } from "../ui/format-number.ts";

export type ProbeButtonProps = {
  /** Chosen targets to which an observing policy lets calls go, and records that they left it. */
  flagged: readonly TargetOutlook[];
  rounds: number;
  isDisabled: boolean;
  describedBy: string | undefined;
  /** The form is sent by the button itself where nothing is flagged. */
  onConfirm: () => Promise<void>;
};

/** Begins a probe; asks first where its calls would be recorded as outside policy. */
export function ProbeButton({ flagged, rounds, isDisabled, describedBy, onConfirm }: ProbeButtonProps) {
  const button = (
    <Button
      aria-describedby={describedBy}
      disabled={isDisabled}
      key="run"
      look="primary"
      type={flagged.length === 0 ? "submit" : "button"}
    >
      <Play aria-hidden="true" />
      Probe
    </Button>
  );
  if (flagged.length === 0) return button;
  const calls = formatNoun(rounds * flagged.length, "call");
  const places = flagged.map(({ target }) => targetName(target)).join(" and ");
  return (
    <ConfirmDialog
      onConfirm={onConfirm}
      title={`Send ${calls} outside policy?`}
      trigger={button}
      verb={`Send ${calls}`}
    >
      {places}: this tenant observes, so the calls leave, are recorded as outside policy, and open or join a
      finding. Records cannot be taken back.
    </ConfirmDialog>
  );
}
