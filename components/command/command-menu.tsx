"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { lookupQuery } from "../../lib/client/lookup.ts";
import { readReference } from "../../lib/core/words/read-reference.ts";
import { useTenants } from "../layout/tenants.tsx";
import { cn } from "../ui/cn.ts";
import { Dialog } from "../ui/dialog.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Input } from "../ui/input.tsx";
import { type CommandItem, commandItems, lookedUp, matchingItems } from "./command-items.ts";

export type CommandMenuProps = { open: boolean; onOpenChange: (open: boolean) => void };

/**
 * Goes to a page, to settings, or to what a number or an id names. Ctrl-K or Cmd-K opens and closes it, but not over a form in a dialog,
 * which would be left behind.
 */
export function CommandMenu({ open, onOpenChange }: CommandMenuProps) {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const isShortcut =
        (event.ctrlKey || event.metaKey) &&
        !event.altKey &&
        !event.shiftKey &&
        event.key.toLowerCase() === "k";
      if (!isShortcut || document.querySelector('[role="dialog"] form') !== null) return;
      event.preventDefault();
      onOpenChange(!open);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [open, onOpenChange]);
  return (
    <Dialog
      className="top-[10dvh] max-h-[80dvh] max-w-xl translate-y-0 gap-3 overflow-hidden p-4"
      description="A page, a tenant's settings, a finding (F-12), an exception (EX-3), or the id of a finding, a call or a report."
      onOpenChange={onOpenChange}
      open={open}
      title="Go to"
    >
      <CommandList onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CommandList({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const search = useSearchParams();
  const tenants = useTenants();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = useQuery(lookupQuery(typed));
  const items = [
    ...(found.data ?? []).map(lookedUp),
    ...matchingItems(commandItems(tenants, new URLSearchParams(search)), typed),
  ];
  const chosen = Math.min(at, items.length - 1);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const go = ({ href }: CommandItem) => {
    onDone();
    router.push(href);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const item = items[chosen];
    if (event.nativeEvent.isComposing || item === undefined) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((chosen + step + items.length) % items.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(item);
    }
  };
  return (
    <>
      <Input
        aria-activedescendant={items.length === 0 ? undefined : `${id}-${chosen}`}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-expanded={items.length > 0}
        aria-label="Where to"
        autoComplete="off"
        maxLength={64}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
        placeholder="Findings, F-12, an id"
        role="combobox"
        spellCheck={false}
        value={typed}
      />
      <div
        aria-label="Where to go"
        className="-mx-2 min-h-0 overflow-y-auto"
        id={`${id}-list`}
        ref={list}
        role="listbox"
      >
        {items.map((item, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus, and takes the keys for its list.
          <div
            aria-selected={i === chosen}
            className={cn(
              "flex cursor-pointer items-baseline justify-between gap-4 rounded-md px-2 py-1.5 text-base",
              i === chosen && "bg-hover",
            )}
            id={`${id}-${i}`}
            key={`${item.href} ${item.title}`}
            onClick={() => go(item)}
            onPointerMove={() => setAt(i)}
            role="option"
            tabIndex={-1}
          >
            <span className="line-clamp-2 min-w-0 break-words first-letter:uppercase">{item.title}</span>
            <span className="shrink-0 text-faint text-xs">{item.detail}</span>
          </div>
        ))}
      </div>
      <p
        aria-live="polite"
        className={cn("text-muted text-sm", items.length > 0 && !found.isFetching && "sr-only")}
        role="status"
      >
        {statusWords(typed, items.length, found)}
      </p>
    </>
  );
}

function statusWords(
  typed: string,
  items: number,
  { isFetching, isError }: { isFetching: boolean; isError: boolean },
): string {
  if (isFetching) return "Looking it up";
  if (isError) return "It could not be looked up. Try again.";
  if (items > 0) return `${formatNoun(items, "place")} to go`;
  return readReference(typed) === null
    ? "No page is called so."
    : `Nothing that you may see is called ${typed.trim()}.`;
}
