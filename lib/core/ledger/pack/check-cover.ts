import { millisecondsOf } from "../../calendar.ts";
import { filterWords } from "../../reports/filter-words.ts";
import type { Report } from "../../reports/report.ts";
import type { ReadablePack } from "./open-pack.ts";
import { packFiles, packTables, policyFile } from "./pack-files.ts";

/**
 * What a report says of itself, against the manifest, the files and the end of the range: what stands on the cover of the PDF
 * follows from what is signed. Null: nothing is wrong. trust: a report may lack what its form promises.
 */
export function coverProblem(
  report: Report,
  pack: Pick<ReadablePack, "manifest" | "files">,
  signedAt: bigint | null,
): string | null {
  try {
    return sameProblem(report, pack) ?? (report.v < 3 ? null : followsProblem(report, pack, signedAt));
  } catch {
    return "report.json lacks what its form promises.";
  }
}

function sameProblem(
  { v, id, stated, computed }: Report,
  { manifest, files }: Pick<ReadablePack, "manifest" | "files">,
) {
  if (id !== manifest.id) return `report.json is of the pack ${id}.`;
  const { tenant, simulated, supersedes } = stated.cover;
  if (tenant.id !== manifest.tenant.id || tenant.slug !== manifest.tenant.slug)
    return "report.json names another tenant than the manifest.";
  if (simulated !== manifest.simulated)
    return "report.json and the manifest differ in whether this is simulated.";
  const strange = simulationProblem(computed, simulated);
  if (strange !== null) return strange;
  if (supersedes !== manifest.supersedes)
    return "report.json and the manifest differ in what the pack supersedes.";
  const missing = neededOf(v).find((path) => !files.has(path));
  return missing === undefined
    ? null
    : `A pack with a report of version ${v} has a ${missing}; this one lacks it.`;
}

/** Each call says itself whether it is simulated, and those of a tenant are all of one kind. */
function simulationProblem({ population }: Report["computed"], simulated: boolean): string | null {
  const { selected, simulated: invented } = population.calls;
  if (!simulated && invented > 0)
    return `${invented} of the calls are simulated, and the manifest says that this is not.`;
  if (simulated && invented < selected)
    return `${selected - invented} of the calls are not simulated, and the manifest says that this is.`;
  return null;
}

/** Files that every pack with such a report has. */
function neededOf(version: Report["v"]): readonly string[] {
  if (version === 1) return [];
  if (version === 2) return [packFiles.findings];
  return [packFiles.findings, packFiles.pdf, packFiles.words, ...packTables];
}

/** From version 3 on: earlier ones may say the same in other words. */
function followsProblem(
  { computed, stated }: Report,
  { manifest, files }: Pick<ReadablePack, "manifest" | "files">,
  signedAt: bigint | null,
): string | null {
  const { cover, criteria, system } = stated;
  const names = new Map(
    system.applications.map(({ id, name, environment }) => [id, `${name} (${environment})`]),
  );
  const words = filterWords(manifest.filter, (id) => names.get(id) ?? anyName);
  if (!fits(cover.filter_words, words.split(anyName)))
    return `report.json says of the filter "${cover.filter_words}" The manifest says: ${words.replaceAll(anyName, "…")}`;
  if (signedAt !== null && Math.floor(millisecondsOf(cover.as_of) / 1_000) !== Number(signedAt))
    return `report.json is as of ${cover.as_of}, and that is not when the end of the range was signed.`;
  const told = new Set(criteria.policies.map(({ version, sha256 }) => `${version} ${sha256}`));
  const untold = computed.criteria.policies.rows.find(
    ({ version, sha256 }) => !told.has(`${version} ${sha256}`),
  );
  if (untold !== undefined)
    return `report.json does not tell of policy ${untold.version}, which calls were judged by.`;
  const judged = new Set(computed.criteria.policies.rows.map(({ sha256 }) => sha256));
  const invented = criteria.policies.find(
    ({ sha256 }) => !judged.has(sha256) && !files.has(policyFile(sha256)),
  );
  if (invented !== undefined)
    return `report.json tells of policy ${invented.version}, which no call was judged by and which is not in the pack.`;
  return null;
}

/** Of an application without calls in the report: its name stands nowhere else, and may be any. */
const anyName = "\u0000";

/** Whether a text is made of these pieces in their order, with anything between them. */
function fits(text: string, pieces: readonly string[]): boolean {
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
