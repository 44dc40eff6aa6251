"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { KeyboardEventHandler, ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";

export type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons beside the close button, e.g. previous and next. */
  actions?: ReactNode;
  side?: "right" | "left";
  /** False keeps the page beside it usable (J/K through a list). */
  modal?: boolean;
  onKeyDown?: KeyboardEventHandler;
  /** Where focus goes on closing, when what opened it is no longer the right place. */
  onCloseAutoFocus?: (event: Event) => void;
  className?: string;
  children: ReactNode;
};

/** A panel from the side: detail of what is selected, or the navigation on a narrow screen. */
export function Sheet(props: SheetProps) {
  const { open, onOpenChange, title, description, actions, side = "right", modal = true } = props;
  return (
    <Primitive.Root modal={modal} onOpenChange={onOpenChange} open={open}>
      <Primitive.Portal>
        {modal ? <Primitive.Overlay className="enter-fade fixed inset-0 z-40 bg-scrim print:hidden" /> : null}
        <Primitive.Content
          className={cn(
            "fixed inset-y-0 z-50 flex w-full max-w-xl flex-col border-line-strong bg-surface print:static print:block print:max-w-none print:border-0",
            side === "right" ? "enter-side right-0 border-l" : "enter-fade left-0 border-r",
            props.className,
          )}
          onCloseAutoFocus={props.onCloseAutoFocus}
          {...(side === "right" ? { "data-print": "upright", "data-print-alone": "" } : {})}
          onInteractOutside={modal ? undefined : (event) => event.preventDefault()}
          onKeyDown={props.onKeyDown}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex items-start gap-2 border-b px-4 py-3">
            <div className="min-w-0 flex-1 pt-0.5">
              <Primitive.Title className="truncate font-semibold text-md">{title}</Primitive.Title>
              {description ? (
                <Primitive.Description className="text-muted text-sm">{description}</Primitive.Description>
              ) : null}
            </div>
            {actions}
            <Primitive.Close asChild>
              <Button aria-label="Close" look="quiet" size="icon">
                <X aria-hidden="true" />
              </Button>
            </Primitive.Close>
          </header>
          <div className="flex-1 overflow-y-auto overscroll-contain print:overflow-visible">
            {props.children}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
