import { hkdfSync } from "node:crypto";
import { carriedKeysText, masterKey, previousMasterKey } from "../../env/master-key.ts";

/**
 * Keys that digests are made with which are kept and compared for ever, or that nobody could make anew: whoever holds a gateway
 * key, a recovery code or a record has the only other half. With another master key these stay what they were (decision 30).
 */
export const carriedLabels = [
  "key-pepper",
  "body-digest",
  "report-digest",
  "row-id",
  "ledger-opening",
  "recovery-code",
  "gateway-spool",
] as const;
export type CarriedLabel = (typeof carriedLabels)[number];

/** What a derived key is for. Keys of different labels tell nothing about each other. */
export type KeyLabel =
  | CarriedLabel
  | "credential-encryption"
  | "alert-secret"
  | "session"
  | "internal-token"
  | "login-subject"
  | "fingerprint"
  | "second-factor"
  | "import-parts"
  | "carried-keys";

/**
 * 32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869) from the master key; of a label that is carried, from the master key that
 * the deployment had when it was first derived (`checkMasterKey` says so at the start of a process).
 */
export function deriveKey(label: KeyLabel): Buffer {
  return carriedKeys().get(label) ?? derived(masterKey(), label);
}

/** The key of now and, while the master key changes, that of before: what is sealed opens with one of them. */
export function keysToOpen(label: KeyLabel): readonly Buffer[] {
  const previous = previousMasterKey();
  return previous === null ? [deriveKey(label)] : [deriveKey(label), derived(previous, label)];
}

/** The same from a given master key, whatever is carried. */
export function derived(master: Buffer, label: KeyLabel): Buffer {
  const known = cache.get(label)?.find((each) => each.master.equals(master));
  if (known) return known.key;
  const key = Buffer.from(hkdfSync("sha256", master, "domicile/v1", label, 32));
  // The key of now and the one before.
  cache.set(label, [{ master, key }, ...(cache.get(label) ?? []).slice(0, 1)]);
  return key;
}

const cache = new Map<KeyLabel, readonly { readonly master: Buffer; readonly key: Buffer }[]>();

export type CarriedKeys = ReadonlyMap<KeyLabel, Buffer>;

/** What a process is told of them, and its threads with it: `label:base64url` with commas between. */
export function carriedText(keys: CarriedKeys): string {
  return [...keys].map(([label, key]) => `${label}:${key.toString("base64url")}`).join(",");
}

/** What `carriedText` wrote; labels that are not carried are passed over. */
export function readCarried(text: string): CarriedKeys {
  return new Map(
    carriedLabels.flatMap((label) => {
      const pair = text.split(",").find((each) => each.startsWith(`${label}:`));
      return pair === undefined
        ? []
        : [[label, Buffer.from(pair.slice(label.length + 1), "base64url")] as const];
    }),
  );
}

/** Read again only where the text is another one: who keeps what he derived from a key knows the key by its object. */
function carriedKeys(): CarriedKeys {
  const text = carriedKeysText();
  if (carried.text !== text) carried = { text, keys: readCarried(text) };
  return carried.keys;
}

let carried: { readonly text: string; readonly keys: CarriedKeys } = { text: "", keys: new Map() };
