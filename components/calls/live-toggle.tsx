"use client";

import { Pause, Play } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";

export type LiveToggleProps = {
  live: boolean;
  /** The last look for new calls failed; the next one is under way. */
  failed: boolean;
  /** Why nothing new can come, e.g. a closed range; null where it can. */
  unavailable: string | null;
  onChange: (live: boolean) => void;
};

/** Follows calls as they are recorded, or holds the list still. */
export function LiveToggle({ live, failed, unavailable, onChange }: LiveToggleProps) {
  const Icon = live ? Pause : Play;
  return (
    <Button
      aria-pressed={live && unavailable === null}
      disabled={unavailable !== null}
      onClick={() => onChange(!live)}
      title={
        unavailable ?? (live ? "New calls flow in; press to hold the list still" : "Let new calls flow in")
      }
    >
      {live ? (
        <span
          aria-hidden="true"
          className={cn("size-2 rounded-full", failed ? "bg-unverifiable" : "breathe bg-in-region")}
        />
      ) : (
        <Icon aria-hidden="true" />
      )}
      {live ? (failed ? "Reconnecting" : "Live") : "Follow live"}
      {live ? <Icon aria-hidden="true" className="text-faint" /> : null}
    </Button>
  );
}
