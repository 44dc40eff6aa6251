"use client";

import { LogOut } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { signOut } from "../../lib/client/sign-in.ts";
import { cn } from "../ui/cn.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

export type UserMenuProps = { name: string; email: string; collapsed?: boolean };

export function UserMenu({ name, email, collapsed = false }: UserMenuProps) {
  const [problem, setProblem] = useState(false);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button
          className={cn(
            "flex h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left transition-colors hover:bg-hover",
            collapsed && "justify-center px-0",
          )}
          type="button"
        >
          <span
            aria-hidden="true"
            className="inline-flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-tint font-medium text-accent-ink text-xs"
          >
            {initials(name)}
          </span>
          <span className="sr-only">Account of </span>
          <span className={collapsed ? "sr-only" : "truncate text-sm"}>{name}</span>
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          className="enter-fade z-50 w-60 rounded-md border border-line-strong bg-surface p-1"
          side="top"
          sideOffset={6}
        >
          <div className="px-2 py-1.5">
            <p className="truncate font-medium text-sm">{name}</p>
            <p className="truncate text-muted text-xs">{email}</p>
          </div>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item
            className="flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none data-highlighted:bg-hover"
            onSelect={(event) => {
              event.preventDefault();
              signOut().catch(() => setProblem(true));
            }}
          >
            <LogOut aria-hidden="true" className="size-3.5" />
            Sign out
          </DropdownMenu.Item>
          {problem ? (
            <p className="px-2 py-1 text-outside-ink text-xs" role="alert">
              Signing out did not work. Try again.
            </p>
          ) : null}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function UserPanel(props: UserMenuProps) {
  return (
    <div className="flex flex-col gap-2">
      {props.collapsed ? null : (
        <div className="px-2">
          <ThemeSwitch />
        </div>
      )}
      <UserMenu {...props} />
    </div>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => word?.charAt(0).toUpperCase() ?? "").join("");
}
