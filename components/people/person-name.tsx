import type { ReactNode } from "react";

export type PersonNameProps = {
  name: string;
  email: string;
  /** Badges behind it. */
  children?: ReactNode;
};

/** Somebody in a row: name, address, and what is to be known of him. */
export function PersonName({ name, email, children }: PersonNameProps) {
  return (
    <span className="inline-flex items-baseline gap-2 max-sm:flex-col max-sm:gap-0 max-sm:py-1">
      <span className="font-medium">{name}</span>
      <span className="text-faint text-xs">{email}</span>
      <span className="inline-flex flex-wrap gap-x-2">{children}</span>
    </span>
  );
}
