import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export const inputStyle =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink transition-colors placeholder:text-faint hover:border-faint focus-visible:border-accent-ink focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent-ink disabled:cursor-not-allowed disabled:bg-sunken disabled:text-faint aria-invalid:border-outside";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(inputStyle, "h-8", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(inputStyle, "min-h-20 py-1.5", className)} {...rest} />;
}
