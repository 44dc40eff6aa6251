import { verifyConsistencyFile } from "../../lib/core/ledger/verify-consistency-file.ts";
import { nodeCrypto } from "../../lib/services/ledger/node-crypto.ts";
import { readArguments, readText, readTrust, UsageError } from "./inputs.ts";
import { report, runCommand, type Write } from "./report.ts";

const usage = "npm run verify-consistency -- FILE --old OLD.checkpoint --trust trust-root.json [--json]";

/** Checks that a log goes on from a checkpoint somebody kept: nothing removed, changed, moved or put in between. */
export function verifyConsistency(args: readonly string[], write?: Write, writeError?: Write): number {
  return runCommand(() => {
    const { file, json, named } = readArguments(args, ["old", "trust"], usage);
    if (named.old === undefined) throw new UsageError(`Name the checkpoint you kept with --old.\n${usage}`);
    const trust = readTrust(named.trust);
    const found = verifyConsistencyFile(nodeCrypto, {
      file: readText(file),
      oldCheckpoint: readText(named.old),
      trustRoot: trust?.root ?? null,
    });
    return report(
      {
        title: `Consistency of two checkpoints: ${named.old}, then ${file}`,
        verdicts: {
          PASS: "the log goes on from the old checkpoint.",
          FAIL: "this does not show that the log goes on from the old checkpoint.",
          UNVERIFIABLE: trust
            ? "nothing speaks against it, and not all that it takes is here."
            : "nothing speaks against it, and without a trust root (--trust) nobody can tell who signed the two.",
        },
        verification: found,
        facts: [
          ["trust root", trust && `sha256 ${trust.fingerprint}, ${trust.root.deployment}`],
          ["log", found.origin],
          ["old size", found.oldSize === null ? null : String(found.oldSize)],
          ["new size", found.newSize === null ? null : String(found.newSize)],
        ],
        json,
      },
      write,
    );
  }, writeError);
}
