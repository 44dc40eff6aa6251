import { verifyEntryProof } from "../../lib/core/ledger/verify-entry-proof.ts";
import { nodeCrypto } from "../../lib/services/ledger/node-crypto.ts";
import { entryFacts } from "./entry-facts.ts";
import { readArguments, readText, readTrust } from "./inputs.ts";
import { report, runCommand, timeOf, type Write } from "./report.ts";

const usage = "npm run verify-proof -- FILE.tlog-proof --trust trust-root.json [--json]";

/** Checks a proof file and says what the entry in it says. */
export function verifyProof(args: readonly string[], write?: Write, writeError?: Write): number {
  return runCommand(() => {
    const { file, json, named } = readArguments(args, ["trust"], usage);
    const trust = readTrust(named.trust);
    const found = verifyEntryProof(nodeCrypto, { file: readText(file), trustRoot: trust?.root ?? null });
    return report(
      {
        title: `Proof of one entry: ${file}`,
        verdicts: {
          PASS: "the entry stands in the log, at that place, as it was recorded.",
          FAIL: "this does not show that the entry stands in the log.",
          UNVERIFIABLE: trust
            ? "nothing speaks against it, and not all that it takes is here."
            : "nothing speaks against it, and without a trust root (--trust) nobody can tell who signed it.",
        },
        verification: found,
        facts: [
          ["trust root", trust && `sha256 ${trust.fingerprint}, ${trust.root.deployment}`],
          ["log", found.origin],
          ["entry", found.index === null ? null : String(found.index)],
          ["log size", found.size === null ? null : String(found.size)],
          ["signed at", timeOf(found.signedAt)],
          ["leaf hash", found.leafHash],
        ],
        json,
        says: {
          title: "The entry says:",
          facts: entryFacts(found.entry, found.content),
          content: found.entry?.body ?? null,
        },
      },
      write,
    );
  }, writeError);
}
