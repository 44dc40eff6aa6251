import { type BootBody, readBootBody } from "./boot-body.ts";
import { type ReadCall, readCallBody } from "./call-body.ts";
import type { Entry } from "./entry.ts";
import { type EpochBody, readEpochBody } from "./epoch-body.ts";
import { type EventBody, readEventBody } from "./event-body.ts";
import { readSignerBody, type SignerBody } from "./signer-body.ts";

/** What an entry says, by its type. */
export type EntryContent =
  | { readonly type: "call" | "late_outcome"; readonly call: ReadCall }
  | { readonly type: "heartbeat" | "boot_closed"; readonly boot: BootBody }
  | { readonly type: "event"; readonly event: EventBody; readonly cuts: readonly string[] }
  | { readonly type: "signer"; readonly statement: SignerBody }
  | { readonly type: "epoch_opened"; readonly epoch: EpochBody };

/** Reads the body by the entry's type. Throws EntryError for anything in it that this program does not know. */
export function readEntry({ type, body }: Entry): EntryContent {
  switch (type) {
    case "call":
    case "late_outcome":
      return { type, call: readCallBody(body) };
    case "heartbeat":
    case "boot_closed":
      return { type, boot: readBootBody(body) };
    case "event": {
      const { body: event, cuts } = readEventBody(body);
      return { type, event, cuts };
    }
    case "signer":
      return { type, statement: readSignerBody(body) };
    case "epoch_opened":
      return { type, epoch: readEpochBody(body) };
  }
}
