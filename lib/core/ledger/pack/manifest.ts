import type { ReportFilter } from "../../reports/call-filter.ts";
import { toHex, utf8Bytes } from "../bytes.ts";
import { canonicalTextWithAnyKeys } from "../canonical.ts";
import type { CryptoPort } from "../crypto-port.ts";

/** First line of a manifest's note: a key signs nothing else under it, so a checkpoint is never taken for a pack. */
export const packContext = "domicile-pack/v1";

export type PackFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

/** What a pack is: one log, a range of its places, a period, a filter; and the SHA-256 of every file in it. */
export type Manifest = {
  readonly v: 1;
  /** Follows from log, range, end root, period, filter and disclosure; see `packId`. */
  readonly id: string;
  readonly deployment: string;
  readonly tenant: { readonly id: string; readonly slug: string };
  readonly simulated: boolean;
  /** Origin of the log. A range lies in one epoch; the log of another epoch is another pack. */
  readonly log: string;
  /** Places of the log: `first` included, `end` not. Equal: nothing was recorded, and that is what is signed. */
  readonly range: { readonly first: number; readonly end: number };
  /** base64 of the root at `end`. */
  readonly end_root: string;
  /** Calls are chosen by their start, `from` included, `to` not. RFC 3339 UTC with milliseconds. */
  readonly period: { readonly from: string; readonly to: string };
  /** `final`: the end checkpoint was signed at or after the period's end. `provisional`: the period was not over. */
  readonly status: "final" | "provisional";
  readonly filter: ReportFilter;
  /** `all`: every entry that is still kept. `selected`: entries of calls that the report does not choose are withheld. */
  readonly disclosure: "all" | "selected";
  /** Id of an earlier pack in whose place this one stands. */
  readonly supersedes: string | null;
  /** Every file but the manifest and its note, in order of their paths. */
  readonly files: readonly PackFile[];
};

/** What a pack's id follows from, so that the same question at the same head is the same pack. */
export type PackIdentity = Pick<
  Manifest,
  "log" | "range" | "end_root" | "period" | "filter" | "disclosure" | "supersedes"
>;

/** 32 hex digits. */
export function packId(crypto: CryptoPort, identity: PackIdentity): string {
  const { log, range, end_root, period, filter, disclosure, supersedes } = identity;
  const text = canonicalTextWithAnyKeys({ log, range, end_root, period, filter, disclosure, supersedes });
  return toHex(crypto.sha256(utf8Bytes(`${packContext}/id\n${text}`))).slice(0, 32);
}

/** The bytes of MANIFEST.json: RFC 8785, one way to write it. */
export function formatManifest(manifest: Manifest): Uint8Array {
  const files = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return utf8Bytes(canonicalTextWithAnyKeys({ ...manifest, files }));
}

/** The text that the log's key signs. */
export function manifestNoteText(
  crypto: CryptoPort,
  manifest: Pick<Manifest, "id" | "log" | "range">,
  manifestBytes: Uint8Array,
): string {
  const { id, log, range } = manifest;
  const hash = toHex(crypto.sha256(manifestBytes));
  return `${packContext}\n${id}\n${hash}\n${log}\n${range.first}\n${range.end}\n`;
}

/** Name of the archive. `slug` and times are of the manifest. */
export function packFileName({ tenant, period, id }: Pick<Manifest, "tenant" | "period" | "id">): string {
  return `domicile-${tenant.slug}-${period.from.slice(0, 10)}-${period.to.slice(0, 10)}-${id.slice(0, 12)}.zip`;
}
