import type { BootBody } from "./boot-body.ts";
import type { CallBody } from "./call-body.ts";
import type { Entry } from "./entry.ts";
import type { EntryContent } from "./read-entry.ts";

/** All that an entry says about how many calls there were. Plain values, so that it travels between threads. */
export type BalanceWord =
  | {
      readonly is: "call" | "late";
      readonly index: number;
      readonly boot: string;
      readonly n: number;
      readonly endUnknown: boolean;
    }
  /** A call that never took a number: refused before the dial, or told by somebody else. */
  | { readonly is: "refused" | "imported"; readonly index: number }
  /** Our own gateway sends nothing without a number. */
  | { readonly is: "unnumbered"; readonly index: number; readonly id: string }
  | { readonly is: "heartbeat" | "closed"; readonly index: number; readonly said: BootBody }
  /** The log goes on from a sealed one. */
  | { readonly is: "continued"; readonly index: number; readonly at: string };

/** Null where the entry says nothing of that. */
export function balanceWord(
  { index, at }: Pick<Entry, "index" | "at">,
  content: EntryContent,
): BalanceWord | null {
  switch (content.type) {
    case "call":
    case "late_outcome":
      return callWord(index, content.type === "call" ? "call" : "late", content.call.body);
    case "heartbeat":
      return { is: "heartbeat", index, said: content.boot };
    case "boot_closed":
      return { is: "closed", index, said: content.boot };
    case "epoch_opened":
      return content.epoch.previous === null ? null : { is: "continued", index, at };
    default:
      return null;
  }
}

function callWord(index: number, is: "call" | "late", { id, intent, source, end }: CallBody): BalanceWord {
  if (intent !== null) return { is, index, boot: intent.bootId, n: intent.n, endUnknown: end === "unknown" };
  if (source !== "gateway" && source !== "playground") return { is: "imported", index };
  return end === "refused" ? { is: "refused", index } : { is: "unnumbered", index, id };
}
