"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog, DialogActions } from "./dialog.tsx";

export type LeaveGuardProps = {
  /** Whether leaving would lose something now. */
  when: boolean;
  /** The question: "Leave without publishing?". */
  title: string;
  /** What is lost. */
  children: ReactNode;
  /** The verb of the button that leaves: "Discard and leave". */
  verb: string;
};

/** Where the reader was about to go: an address of ours, or so many steps through the history. */
type Way = { readonly href: string } | { readonly steps: number };

/**
 * Asks before this page is left with something unsaved in it: by a link, by back and forward, by closing the tab. Next tells
 * a page of none of these. Within the page everything may change, its search too. A link that says itself what it gives up
 * bears `data-discards`.
 */
export function LeaveGuard({ when, ...question }: LeaveGuardProps) {
  const [way, setWay] = useState<Way | null>(null);
  const agreed = useRef(false);
  useEffect(() => {
    if (!when) return;
    const unload = (event: BeforeUnloadEvent): void => event.preventDefault();
    const click = (event: MouseEvent): void => {
      const href = agreed.current ? null : hrefLeft(event);
      if (href === null) return;
      event.preventDefault();
      setWay({ href });
    };
    // A browser without the Navigation API goes back unasked.
    const traverse = (event: NavigateEvent): void => {
      const { cancelable, destination, navigationType } = event;
      if (agreed.current || !cancelable || navigationType !== "traverse" || !leaves(destination.url)) return;
      event.preventDefault();
      setWay({ steps: destination.index - (window.navigation.currentEntry?.index ?? 0) });
    };
    window.addEventListener("beforeunload", unload);
    // Before React's own listener: a link that finds its click prevented goes nowhere.
    window.addEventListener("click", click, { capture: true });
    window.navigation?.addEventListener("navigate", traverse);
    return () => {
      window.removeEventListener("beforeunload", unload);
      window.removeEventListener("click", click, { capture: true });
      window.navigation?.removeEventListener("navigate", traverse);
    };
  }, [when]);
  if (!when || way === null) return null;
  return (
    <LeaveDialog
      {...question}
      onLeave={() => {
        agreed.current = true;
      }}
      onStay={() => setWay(null)}
      way={way}
    />
  );
}

type LeaveDialogProps = Omit<LeaveGuardProps, "when"> & {
  way: Way;
  onLeave: () => void;
  onStay: () => void;
};

function LeaveDialog({ title, children, verb, way, onLeave, onStay }: LeaveDialogProps) {
  const router = useRouter();
  const leave = (): void => {
    onLeave();
    onStay();
    if ("href" in way) router.push(way.href);
    else window.history.go(way.steps);
  };
  return (
    <Dialog description={children} onOpenChange={onStay} open title={title}>
      <DialogActions>
        <Button onClick={onStay}>Stay here</Button>
        <Button look="danger" onClick={leave}>
          {verb}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The path this click would show in place of the page; null where the page stays, or the browser asks by itself. */
function hrefLeft(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.hasAttribute("download")) return null;
  if (link.dataset.discards !== undefined) return null;
  if (!["", "_self"].includes(link.target) || link.origin !== window.location.origin) return null;
  return leaves(link.href) ? link.pathname + link.search + link.hash : null;
}

function leaves(url: string): boolean {
  return new URL(url).pathname !== window.location.pathname;
}
