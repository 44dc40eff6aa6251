"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";

export type DialogProps = {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** What opens it; absent where the owner holds `open`. */
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  className?: string;
  /** True for what would be lost: it then closes by its own buttons only. */
  keepOpen?: boolean;
};

/** A question or a form in the middle of the page. Put the actions into `DialogActions`. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, trigger, title, description, children, className, keepOpen = false } = props;
  const hold = keepOpen ? (event: Event) => event.preventDefault() : undefined;
  return (
    <Primitive.Root onOpenChange={onOpenChange} open={open}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Primitive.Content
          className={cn(
            "enter-fade fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-lg -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-md border border-line-strong bg-surface p-6",
            className,
          )}
          onEscapeKeyDown={hold}
          onInteractOutside={hold}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex flex-col gap-1 pr-8">
            <Primitive.Title className="font-semibold text-md">{title}</Primitive.Title>
            {description ? (
              <Primitive.Description className="text-pretty text-base text-muted">
                {description}
              </Primitive.Description>
            ) : null}
          </header>
          {children}
          {keepOpen ? null : (
            <Primitive.Close asChild>
              <Button aria-label="Close" className="absolute top-4 right-4" look="quiet" size="icon">
                <X aria-hidden="true" />
              </Button>
            </Primitive.Close>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export const DialogClose = Primitive.Close;

export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className="flex flex-wrap justify-end gap-2 pt-2">{children}</footer>;
}
