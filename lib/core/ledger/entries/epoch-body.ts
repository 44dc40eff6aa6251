import type { CanonicalValue } from "../canonical.ts";
import { text } from "./cut-codec.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { integer, nullable, objectOf } from "./field-codec.ts";

/** First entry of a log: what it follows. */
export type EpochBody = {
  readonly epoch: number;
  /** Why the log before was sealed; null for a first log. */
  readonly reason: string | null;
  /** The last accepted checkpoint of the log before; null for a first log. */
  readonly previous: SealedLog | null;
};

type SealedLog = {
  readonly origin: string;
  readonly size: number;
  /** base64 */
  readonly root: string;
};

const codec = objectOf<EpochBody>({
  epoch: integer,
  reason: nullable(text(1_000)),
  previous: nullable(objectOf<SealedLog>({ origin: text(254), size: integer, root: text(44) })),
});

export function epochOpenedDraft(body: EpochBody): EntryDraft {
  return { type: "epoch_opened", body: codec.write(body), openings: [] };
}

/** Throws an `EntryError` where a member is missing, unknown or of another form. */
export function readEpochBody(value: CanonicalValue): EpochBody {
  return codec.read(value, "body", []);
}
