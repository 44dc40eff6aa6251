import type { ExceptionKind, ExceptionState } from "../../lib/core/findings/exception.ts";

export const exceptionKindWords: Readonly<
  Record<ExceptionKind, { readonly title: string; readonly meaning: string }>
> = {
  mitigated: { title: "Mitigated", meaning: "Something else holds the risk down until it is put right." },
  waiver: { title: "Waiver", meaning: "Nothing is done about it until the day; the risk is borne." },
};

export const exceptionStateWords: Readonly<Record<ExceptionState, string>> = {
  waiting: "Waiting for a second person",
  lapsed: "Lapsed",
  in_force: "In force",
  rejected: "Rejected",
  withdrawn: "Taken back",
  ended: "Ended",
  expired: "Expired",
};
