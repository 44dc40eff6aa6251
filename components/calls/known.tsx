import type { ReactNode } from "react";

export type KnownProps = {
  /** null: not known, and said so. */
  value: ReactNode | null;
  /** Words for null. */
  unknown?: string;
  /** What must be known to read the value rightly. */
  note?: string;
};

/** A recorded value. What is not known is said, never left out and never filled. */
export function Known({ value, unknown = "Not known", note }: KnownProps) {
  return (
    <>
      {value === null ? <span className="text-faint">{unknown}</span> : value}
      {note === undefined ? null : <span className="block text-faint text-xs">{note}</span>}
    </>
  );
}
