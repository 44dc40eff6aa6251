"use client";

import { CornerDownRight } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "../ui/button.tsx";

export type CommandButtonProps = { iconOnly?: boolean; onOpen: () => void };

/** Opens the command menu, and says by which keys it opens as well. */
export function CommandButton({ iconOnly = false, onOpen }: CommandButtonProps) {
  const keys = useShortcutWords();
  if (iconOnly)
    return (
      <Button
        aria-keyshortcuts="Control+K Meta+K"
        aria-label="Go to"
        look="quiet"
        onClick={onOpen}
        size="icon"
        title={keys === "" ? undefined : `Go to (${keys})`}
      >
        <CornerDownRight aria-hidden="true" />
      </Button>
    );
  return (
    <button
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 w-full items-center gap-2.5 rounded-md border border-line-strong bg-surface px-2 text-base text-muted transition-colors hover:bg-hover hover:text-ink"
      onClick={onOpen}
      type="button"
    >
      <CornerDownRight aria-hidden="true" className="size-4 shrink-0" />
      Go to
      <span aria-hidden="true" className="ml-auto text-faint text-xs">
        {keys}
      </span>
    </button>
  );
}

/** As the reader's keyboard is labelled. The server cannot know; nothing is said until the browser tells. */
function useShortcutWords(): string {
  return useSyncExternalStore(
    subscribeToNothing,
    () => (/mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘K" : "Ctrl K"),
    () => "",
  );
}

const subscribeToNothing = () => () => undefined;
