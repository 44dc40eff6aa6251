import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-[opacity,background-color,border-color,color] disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "print:hidden bg-accent text-on-accent hover:bg-accent-hover",
        plain: "print:hidden border border-line-strong bg-surface text-ink hover:bg-hover",
        quiet: "print:hidden text-muted hover:bg-hover hover:text-ink",
        danger: "print:hidden border border-outside bg-surface text-outside-ink hover:bg-outside-tint",
        link: "h-auto px-0 text-accent-ink underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 px-2 text-sm",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-base",
        icon: "size-8",
      },
    },
    compoundVariants: [{ look: "link", class: "h-auto px-0" }],
    defaultVariants: { look: "plain", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonStyle> & {
    /** Draws its only child (a link) as this button. */
    asChild?: boolean;
  };

export function Button({ look, size, asChild = false, className, type, ...rest }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button";
  return (
    <Element
      className={cn(buttonStyle({ look, size }), className)}
      type={asChild ? type : (type ?? "button")}
      {...rest}
    />
  );
}
