import { z } from "zod";
import { line } from "./text.ts";

/** Ranges a page may show; a year is 365 days. Days are UTC days; a custom range is `from`/`to` in RFC 3339. */
export const rangeIds = ["1h", "24h", "7d", "30d", "60d", "1y"] as const;
export type RangeId = (typeof rangeIds)[number];

export const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => !Number.isNaN(Date.parse(text)), "There is no such moment.");

/** `tenant` is a slug; absent means every tenant the reader is a member of. */
export const rangeSearch = z.object({
  tenant: line.min(1).max(64).optional(),
  range: z.enum(rangeIds).default("7d"),
  from: instant.optional(),
  to: instant.optional(),
});
export type RangeSearch = z.infer<typeof rangeSearch>;

/**
 * The window an answer covers, resolved; it never ends after now. `retained_only`: part of it has been deleted by
 * retention. `before_record`: it begins before the first recorded call, and of that time nothing is known. `part`: every
 * call recorded in it is there, and what was asked for begins earlier.
 */
export type Window = {
  readonly from: string;
  readonly to: string;
  readonly coverage: "complete" | "part" | "retained_only" | "before_record";
  /**
   * What was asked for, where that is not the window: a list takes the last days of it, and what is counted in whole hours
   * or days has those that it touches. Null where it is the same.
   */
  readonly asked: { readonly from: string; readonly to: string } | null;
};
