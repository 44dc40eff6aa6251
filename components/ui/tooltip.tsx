"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export const TooltipProvider = Primitive.Provider;

export type TooltipProps = {
  content: ReactNode;
  /** One focusable element. What the tooltip says must not be the only place that says it. */
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
};

export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className="enter-fade z-50 max-w-80 rounded-sm bg-ink px-2 py-1 text-paper text-xs print:hidden"
          side={side}
          sideOffset={6}
        >
          {content}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
