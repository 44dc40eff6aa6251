import { trustRootHref } from "../contracts/ledger-parsers.ts";
import { parseTlogProof, TlogProofError } from "../core/ledger/tlog-proof.ts";
import { fingerprint, readTrustRoot, TrustRootError } from "../core/ledger/trust-root.ts";
import { type Check, fail, pass, unverifiable, verdictOf } from "../core/ledger/verification.ts";
import { type EntryProofVerification, verifyEntryProof } from "../core/ledger/verify-entry-proof.ts";
import { browserCrypto } from "./browser-crypto.ts";
import { fetchText, ProblemError } from "./fetch-json.ts";

/** What this browser found, by itself, about the proof of one call. */
export type CallProofCheck = {
  readonly verdict: Check["result"];
  readonly checks: readonly Check[];
  readonly notProven: readonly string[];
  /** The keys of the log are lost; its sealed head counts by the trust root's word, and when it was signed is not known. */
  readonly isTimeLost: boolean;
  /** Of the trust root it was checked under; null where there is none. */
  readonly fingerprint: string | null;
  /** The entry's bytes as text; null where they have expired. */
  readonly entry: string | null;
  readonly checkedAt: string;
};

/**
 * Checks the proof of a call in this browser: bytes, tree, signatures, and that the entry is about this call. The trust
 * root comes from where the proof came from: it shows mistakes and changes in the database, not a deployment that lies.
 */
export async function checkCallProof(
  id: string,
  file: string,
  signal?: AbortSignal,
): Promise<CallProofCheck> {
  const document = await readDocument(signal);
  const verified = verifyUnder(file, document);
  const checks = [...verified.checks, aboutCall(id, verified)];
  return {
    verdict: verdictOf(checks),
    checks,
    notProven: verified.notProven,
    isTimeLost: verified.isTimeLost,
    fingerprint: document === null ? null : fingerprint(browserCrypto, new TextEncoder().encode(document)),
    entry: entryText(file),
    checkedAt: new Date().toISOString(),
  };
}

/** Null where the signer has published none yet. */
async function readDocument(signal?: AbortSignal): Promise<string | null> {
  try {
    return await fetchText(trustRootHref, { signal });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === "not_found") return null;
    throw error;
  }
}

function verifyUnder(file: string, document: string | null): EntryProofVerification {
  try {
    const trustRoot = document === null ? null : readTrustRoot(document);
    return verifyEntryProof(browserCrypto, { file, trustRoot });
  } catch (error) {
    if (!(error instanceof TrustRootError)) throw error;
    const verified = verifyEntryProof(browserCrypto, { file, trustRoot: null });
    return { ...verified, checks: [...verified.checks, fail("trust root", error.message)] };
  }
}

/** A proof of another call's entry is a proof, and says nothing about this one. */
function aboutCall(id: string, { content }: EntryProofVerification): Check {
  if (content === null) return unverifiable("this call", "What the entry says could not be read.");
  return content.type === "call" && content.call.body.id === id
    ? pass("this call", "The entry is about this call.")
    : fail("this call", "The entry is about something else than this call.");
}

function entryText(file: string): string | null {
  try {
    const { extra } = parseTlogProof(file);
    return extra === undefined ? null : new TextDecoder().decode(extra);
  } catch (error) {
    if (error instanceof TlogProofError) return null;
    throw error;
  }
}
