import { bytesEqual, fromBase64 } from "./bytes.ts";
import { type Checkpoint, CheckpointError, parseCheckpoint } from "./checkpoint.ts";
import type { CryptoPort } from "./crypto-port.ts";
import {
  NoteError,
  type OpenedNote,
  openNote,
  parseVerifierKey,
  splitNote,
  type VerifierKey,
} from "./note.ts";
import { plainWords } from "./plain-words.ts";
import { keysAt, type TrustedKey, type TrustedLog, type TrustRoot, TrustRootError } from "./trust-root.ts";
import { type Check, fail, pass, unverifiable } from "./verification.ts";

/** What a checkpoint says, and what was found out about it. */
export type CheckedCheckpoint = {
  /** Null where the note is no checkpoint. As claimed: `checks` say whether to believe it. */
  readonly checkpoint: Checkpoint | null;
  /** Signed by the log's clock key, POSIX seconds. Null where none counts. */
  readonly signedAt: bigint | null;
  readonly checks: readonly Check[];
  /** None but keys that somebody else may hold signed it, and the trust root does not name it. Something else may settle it. */
  readonly isDoubtful: boolean;
  /** It counts, because the trust root names this very head; when it was signed none but lost keys say. */
  readonly isTimeLost: boolean;
};

/**
 * Checks a checkpoint's form, its log key's signature and its signed time under a trust root; null: there is none, and only
 * the form can be checked. `which` begins the names of the checks. Throws TrustRootError where a key in it is none.
 */
export function verifyCheckpoint(
  crypto: CryptoPort,
  note: string,
  trustRoot: TrustRoot | null,
  which = "checkpoint",
): CheckedCheckpoint {
  const checkpoint = read(note);
  if (typeof checkpoint === "string")
    return { ...unknown, checkpoint: null, checks: [fail(`${which} form`, checkpoint)] };
  const { origin, size, root } = checkpoint;
  const form = pass(`${which} form`, `It is a checkpoint of ${origin} at ${size} entries.`);
  if (!trustRoot) {
    const words = "Without a trust root nobody can tell whose signatures these are.";
    return { ...unknown, checkpoint, checks: [form, unverifiable(`${which} signature`, words)] };
  }
  const log = trustRoot.logs.find((each) => each.origin === origin);
  if (!log) {
    const words = `The trust root of ${trustRoot.deployment} does not name the log ${origin}.`;
    return { ...unknown, checkpoint, checks: [form, unverifiable(`${which} signature`, words)] };
  }
  const keys = keysAt(trustRoot, origin, size).map((key) => trustedKey(crypto, key));
  const { sealed } = log;
  const isSealed = sealed !== null && size === BigInt(sealed.size) && isRoot(sealed.root, root);
  const signature = checkSignature(crypto, note, keys, isSealed, checkpoint);
  const time = checkTime(crypto, note, keys);
  const isTimeLost = isSealed && time.isLost;
  return {
    checkpoint,
    // trust: who holds the lost key may have written any time.
    signedAt: isTimeLost ? null : time.signedAt,
    checks: [
      form,
      { ...signature.check, name: `${which} signature` },
      ...(isTimeLost ? [] : [{ ...time.check, name: `${which} time` }]),
      ...checkSeal(log, size, root, which),
    ],
    isDoubtful: signature.isDoubtful,
    isTimeLost,
  };
}

/** What is not proven of a head whose time is lost. */
export const timeLostWords =
  "When it was signed: the keys that say so may be in other hands. The trust root names this head, and no time.";

const unknown = { signedAt: null, isDoubtful: false, isTimeLost: false } as const;

type Known = { readonly key: VerifierKey; readonly trusted: TrustedKey };

function read(note: string): Checkpoint | string {
  try {
    return parseCheckpoint(splitNote(note).text);
  } catch (error) {
    if (error instanceof NoteError || error instanceof CheckpointError) return error.message;
    throw error;
  }
}

function checkSignature(
  crypto: CryptoPort,
  note: string,
  keys: readonly Known[],
  isSealed: boolean,
  { size }: Checkpoint,
): { readonly check: Omit<Check, "name">; readonly isDoubtful: boolean } {
  const told = (result: Check["result"], words: string, isDoubtful = false) => ({
    check: { result, words: plainWords(words) },
    isDoubtful,
  });
  const opened = open(crypto, note, keys, "log");
  if (typeof opened === "string")
    return told("FAIL", `No log key that counts at ${size} entries signed it: ${opened}`);
  const trusted = signersOf(opened, keys);
  if (trusted.some(({ status }) => status !== "compromised"))
    return told("PASS", `It is signed by the log's key ${nameOf(opened)}.`);
  if (isSealed)
    return told("PASS", "Its key is compromised, and the trust root itself names this very head.");
  const why = trusted[0]?.reason ?? "no reason is given";
  const words = `It is signed by a key that somebody else may hold (${why}). Ask for a proof against the sealed head.`;
  return told("UNVERIFIABLE", words, true);
}

/** `isLost`: none but keys that somebody else may hold say when. */
function checkTime(crypto: CryptoPort, note: string, keys: readonly Known[]) {
  const opened = open(crypto, note, keys, "clock");
  if (typeof opened === "string") {
    const isWrong = opened !== noSignature;
    const words = isWrong
      ? plainWords(opened)
      : "No clock key that counts signed it, so its time is unknown.";
    return {
      signedAt: null,
      check: { result: isWrong ? "FAIL" : "UNVERIFIABLE", words } as const,
      isLost: false,
    };
  }
  const signedAt = opened.verified[0]?.time ?? null;
  if (signersOf(opened, keys).every(({ status }) => status === "compromised")) {
    const words = "Its time is signed by a key that somebody else may hold.";
    return { signedAt, check: { result: "UNVERIFIABLE", words } as const, isLost: true };
  }
  const words = "Its time is signed by the signer's clock.";
  return { signedAt, check: { result: "PASS", words } as const, isLost: false };
}

function checkSeal({ sealed }: TrustedLog, size: bigint, root: Uint8Array, which: string): Check[] {
  if (!sealed) return [];
  const name = `${which} seal`;
  if (size > sealed.size)
    return [
      fail(
        name,
        `The log was sealed at ${sealed.size} entries (${sealed.reason}); nothing after that counts. ` +
          "What stands below is proven against the sealed head.",
      ),
    ];
  if (size === BigInt(sealed.size) && !isRoot(sealed.root, root))
    return [fail(name, `The log was sealed at ${sealed.size} entries with another root.`)];
  return [pass(name, `The log was sealed at ${sealed.size} entries (${sealed.reason}); this is not beyond.`)];
}

const noSignature = "None of the keys that count has signed this.";

function open(
  crypto: CryptoPort,
  note: string,
  keys: readonly Known[],
  role: TrustedKey["role"],
): OpenedNote | string {
  const counting = keys.filter(({ trusted }) => trusted.role === role).map(({ key }) => key);
  try {
    return openNote(crypto, note, counting);
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    if (error.code === "ambiguous_key") throw new TrustRootError(error.message);
    return error.code === "no_known_signature" ? noSignature : error.message;
  }
}

function signersOf(opened: OpenedNote, keys: readonly Known[]): TrustedKey[] {
  return opened.verified.flatMap(({ key }) =>
    keys.filter((known) => known.key === key).map(({ trusted }) => trusted),
  );
}

const nameOf = (opened: OpenedNote): string => opened.verified[0]?.key.name ?? "";

function trustedKey(crypto: CryptoPort, trusted: TrustedKey): Known {
  try {
    return { key: parseVerifierKey(crypto, trusted.vkey), trusted };
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    throw new TrustRootError(`A key in the trust root is none: ${error.message}`);
  }
}

function isRoot(text: string, root: Uint8Array): boolean {
  const bytes = fromBase64(text);
  return bytes !== null && bytesEqual(bytes, root);
}
