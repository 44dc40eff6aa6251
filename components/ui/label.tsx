import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export function Label({ className, ...rest }: ComponentProps<"label">) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the caller names the control through htmlFor.
  return <label className={cn("font-medium text-ink text-sm", className)} {...rest} />;
}
