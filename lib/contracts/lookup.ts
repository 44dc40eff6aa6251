import { z } from "zod";
import { line } from "./text.ts";

/** Search of `/api/lookup`. */
export const lookupSearch = z.object({
  /** What was typed: "F-12", "EX-3", or the id of a finding, a call or a report. */
  q: line.min(1).max(64),
});
export type LookupSearch = z.infer<typeof lookupSearch>;

export type LookupItem = {
  readonly kind: "finding" | "exception" | "call" | "report";
  /** Of the finding that leads to it, the call or the report. */
  readonly id: string;
  readonly tenant: string;
  readonly title: string;
  /** Where it is shown. */
  readonly href: string;
};
