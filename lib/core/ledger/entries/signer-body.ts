import type { CanonicalValue } from "../canonical.ts";
import { text } from "./cut-codec.ts";
import { type Detail, detailCodec } from "./detail-codec.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { integer, nullable, objectOf, oneOf } from "./field-codec.ts";

export type StatementKind =
  | "started"
  | "alarm"
  | "frozen"
  | "unfrozen"
  | "key_rotated"
  | "key_compromised"
  | "log_sealed"
  | "fsck_finished";

/** What the signer, or the nightly check, said about a log. */
export type SignerBody = {
  readonly id: string;
  /** When it was said, RFC 3339 UTC with milliseconds; relaying may take its time. */
  readonly saidAt: string;
  readonly kind: StatementKind;
  /** Epoch of the log that is spoken of; null: of no log in particular. */
  readonly epoch: number | null;
  readonly atIndex: number | null;
  readonly sentence: string;
  readonly detail: Detail;
};

const codec = objectOf<SignerBody>({
  id: text(64),
  saidAt: text(24),
  kind: oneOf<StatementKind>({
    started: true,
    alarm: true,
    frozen: true,
    unfrozen: true,
    key_rotated: true,
    key_compromised: true,
    log_sealed: true,
    fsck_finished: true,
  }),
  epoch: nullable(integer),
  atIndex: nullable(integer),
  sentence: text(1_000),
  detail: detailCodec,
});

export function signerDraft(statement: SignerBody): EntryDraft {
  return { type: "signer", body: codec.write(statement), openings: [] };
}

/** Throws an `EntryError` where a member is missing, unknown or of another form. */
export function readSignerBody(value: CanonicalValue): SignerBody {
  return codec.read(value, "body", []);
}
