import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

const badgeStyle = cva(
  "inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-xs [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        plain: "border-line bg-sunken text-muted",
        outline: "border-line-strong text-muted",
        accent: "border-transparent bg-accent-tint text-accent-ink",
        in_region: "border-transparent bg-in-region-tint text-in-region-ink",
        permitted: "border-transparent bg-permitted-tint text-permitted-ink",
        unverifiable: "border-transparent bg-unverifiable-tint text-unverifiable-ink",
        outside: "border-transparent bg-outside-tint text-outside-ink",
        stopped: "border-transparent bg-stopped-tint text-stopped-ink",
      },
    },
    defaultVariants: { tone: "plain" },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badgeStyle>["tone"]>;

export function Badge({
  tone,
  className,
  ...rest
}: ComponentProps<"span"> & VariantProps<typeof badgeStyle>) {
  return <span className={cn(badgeStyle({ tone }), className)} {...rest} />;
}
