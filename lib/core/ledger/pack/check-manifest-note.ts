import type { CryptoPort } from "../crypto-port.ts";
import { NoteError, openNote, parseVerifierKey, splitNote } from "../note.ts";
import { type TrustedKey, type TrustRoot, TrustRootError } from "../trust-root.ts";
import { type Check, fail, pass, unverifiable } from "../verification.ts";
import { type Manifest, manifestNoteText } from "./manifest.ts";

const name = "manifest signature";

/**
 * Whether the log's key signed this very manifest. Keys that came after the one at the range's end count as well: a pack may
 * be asked for when its log has changed keys, or goes on as its next epoch.
 */
export function checkManifestNote(
  crypto: CryptoPort,
  manifest: Manifest,
  manifestBytes: Uint8Array,
  note: string,
  trustRoot: TrustRoot | null,
): Check {
  const text = textOf(note);
  if (text === null) return fail(name, "MANIFEST.note is no signed note.");
  if (text !== manifestNoteText(crypto, manifest, manifestBytes))
    return fail(
      name,
      "MANIFEST.note speaks of another manifest: a file was changed, or the note is of another pack.",
    );
  if (trustRoot === null)
    return unverifiable(name, "Without a trust root nobody can tell whose signature this is.");
  const keys = keysFor(trustRoot, manifest);
  if (keys.length === 0)
    return unverifiable(
      name,
      `The trust root of ${trustRoot.deployment} names no key for the log ${manifest.log}.`,
    );
  const signed = signersOf(crypto, note, keys);
  if (typeof signed === "string") return fail(name, `No key that counts signed it: ${signed}`);
  const good = signed.find(({ status }) => status !== "compromised");
  if (good) return pass(name, `The list of files is signed by the log's key ${good.vkey.split("+")[0]}.`);
  return unverifiable(
    name,
    "It is signed by a key that somebody else may hold. Ask for the pack to be signed again.",
  );
}

function textOf(note: string): string | null {
  try {
    return splitNote(note).text;
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
}

function keysFor(trustRoot: TrustRoot, { log, range }: Manifest): TrustedKey[] {
  const lineage = lineageOf(log);
  const epoch = trustRoot.logs.find(({ origin }) => origin === log)?.epoch ?? Number.POSITIVE_INFINITY;
  return trustRoot.logs
    .filter((each) => each.origin === log || (lineageOf(each.origin) === lineage && each.epoch > epoch))
    .flatMap((each) =>
      each.keys.filter(({ to_size }) => each.origin !== log || to_size === null || to_size >= range.end),
    )
    .filter(({ role }) => role === "log");
}

/** The logs of one tenant differ in nothing but their epoch. */
const lineageOf = (origin: string): string => origin.replace(/\/e\d+$/, "");

function signersOf(crypto: CryptoPort, note: string, keys: readonly TrustedKey[]): TrustedKey[] | string {
  try {
    const known = keys.map((trusted) => ({ trusted, key: parseVerifierKey(crypto, trusted.vkey) }));
    const { verified } = openNote(
      crypto,
      note,
      known.map(({ key }) => key),
    );
    return verified.flatMap(({ key }) =>
      known.filter((each) => each.key === key).map(({ trusted }) => trusted),
    );
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    if (error.code === "bad_key" || error.code === "ambiguous_key") throw new TrustRootError(error.message);
    return error.message;
  }
}
