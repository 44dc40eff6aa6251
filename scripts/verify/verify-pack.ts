import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { type PackVerification, stoppedOutcome } from "../../lib/core/ledger/pack/pack-outcome.ts";
import { TrustRootError } from "../../lib/core/ledger/trust-root.ts";
import { providerCountOf } from "../../lib/core/reports/compute-usage.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { readArguments, readText, readTrust, UsageError } from "./inputs.ts";
import { verifyPackFile } from "./pack-threads.ts";
import { type Facts, report, runCommand, timeOf, type Write } from "./report.ts";

const usage = "npm run verify-pack -- PACK.zip --trust trust-root.json [--since OLD.checkpoint] [--json]";

/** Verifies a report pack. `thread`: the program that further threads run. Answers the exit status. */
export async function verifyPackCommand(
  args: readonly string[],
  thread: URL,
  write?: Write,
  writeError: Write = (text) => process.stderr.write(text),
): Promise<number> {
  try {
    const { file, json, named } = readArguments(args, ["trust", "since"], usage);
    const trust = readTrust(named.trust);
    const since = named.since === undefined ? {} : { since: readText(named.since) };
    const options = { trustRoot: trust?.root ?? null, ...since };
    const progress = json ? () => undefined : progressLine(writeError);
    const found = await verifyPackFile(readable(file), options, thread, progress).catch(stopped);
    return report(
      {
        title: `Report pack: ${path.basename(file)}`,
        verdicts: outcomeWords(trust !== null, found),
        verification: found,
        facts: [
          ["trust root", trust && `sha256 ${trust.fingerprint}, ${trust.root.deployment}`],
          ...factsOf(found),
        ],
        ...(found.computed && {
          says: { title: "The entries say:", facts: figuresOf(found), content: found.computed },
        }),
        json,
      },
      write,
    );
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof TrustRootError)) throw error;
    return runCommand(() => {
      throw error;
    }, writeError);
  }
}

/** trust: a pack may be made to stop the program; that is an outcome like another, and is printed like one. */
function stopped(error: unknown): PackVerification {
  if (error instanceof TrustRootError) throw error;
  return stoppedOutcome(error);
}

function outcomeWords(trusted: boolean, { counts }: PackVerification) {
  return {
    PASS: "the record is intact, and the report follows from it. That says nothing about compliance.",
    FAIL: "this pack is not what was signed, or its report does not follow from it.",
    UNVERIFIABLE: !trusted
      ? "nothing speaks against it, and without a trust root (--trust) nobody can tell who signed it."
      : counts.absent > 0
        ? "nothing speaks against it, and not all entries are here."
        : "nothing speaks against it, and not all that it takes is here.",
  };
}

function factsOf({ manifest, signedAt, counts }: PackVerification): Facts {
  if (manifest === null) return [];
  const { id, tenant, log, range, period, status, simulated, supersedes } = manifest;
  return [
    ["pack", id],
    ["tenant", `${tenant.slug} (${tenant.id})${simulated ? ", SIMULATED" : ""}`],
    ["log", log],
    ["range", `entries ${range.first} up to ${range.end}`],
    ["period", `${period.from} to ${period.to}, ${status}`],
    ["signed at", timeOf(signedAt)],
    ["supersedes", supersedes],
    ["entries", `${counts.entries}, of which ${counts.absent} by their hash alone`],
    ["judged again", `${counts.judgedAgain} calls, ${counts.cut + counts.unjudged} cannot be`],
  ];
}

function figuresOf({ computed }: PackVerification): Facts {
  if (computed === null) return [];
  const { selected, other_filter, earlier_arrived } = computed.population.calls;
  const provider = providerCountOf(computed);
  return [
    ["calls of the report", String(selected)],
    ...computed.results.verdicts.map(
      ({ verdict, basis, calls }) =>
        [
          `${verdictWords[verdict].toLowerCase()}${basis === "none" ? "" : ` (${basis})`}`,
          String(calls),
        ] as const,
    ),
    ["outside the filter", String(other_filter)],
    ["late for an earlier one", String(earlier_arrived)],
    ["requests the provider counted", provider && String(provider.counted)],
    ["of these not in the record", provider && String(provider.missing)],
  ];
}

/** trust: a path that npm or a person gave; paths count from where the command was called. */
function readable(name: string): string {
  const file = path.resolve(process.env.INIT_CWD ?? ".", name);
  try {
    if (!fs.statSync(file).isFile()) throw new Error("it is no file");
    fs.accessSync(file, fs.constants.R_OK);
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  return file;
}

/** On a terminal alone, and only where there is something to wait for. */
function progressLine(write: Write): (done: number, of: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done, of) => {
    if (of > 4) write(`\rFile ${done} of ${of}${done === of ? "\n" : ""}`);
  };
}
