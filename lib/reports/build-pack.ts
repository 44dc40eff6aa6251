import { decodeEntry, EntryError } from "../core/ledger/entries/entry.ts";
import { readEntry } from "../core/ledger/entries/read-entry.ts";
import { formatHashLines } from "../core/ledger/hash-lines.ts";
import { formatManifest, type Manifest, packFileName, packId } from "../core/ledger/pack/manifest.ts";
import { entriesFiles, packFiles } from "../core/ledger/pack/pack-files.ts";
import { formatAbsentLeaf } from "../core/ledger/pack/pack-line.ts";
import { openRangeTree, subtreesFrom } from "../core/ledger/pack/range-tree.ts";
import { leafHash } from "../core/ledger/tree.ts";
import { dimensionsOf, matchesFilter } from "../core/reports/call-filter.ts";
import { findingsTable } from "../core/reports/findings-table.ts";
import { formatReport, type Report, reportFormat } from "../core/reports/report.ts";
import type { ReportFrame } from "../core/reports/report-frame.ts";
import { openTally } from "../core/reports/tally.ts";
import { openTallyPart } from "../core/reports/tally-part.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { documentsInForce } from "../services/reports/in-force.ts";
import type { BuiltPack, PackBuilding } from "../services/reports/pack-building.ts";
import { PackProblem } from "../services/reports/pack-problem.ts";
import { stateReport } from "../services/reports/state-report.ts";
import { callHeader, callRow } from "./call-row.ts";
import { openPackArchive, type PackArchive } from "./pack-archive.ts";
import { noteDocuments, openDocuments, type PackDocuments, writeDocuments } from "./pack-documents.ts";
import { renderReportPdf } from "./pdf/render-report-pdf.ts";
import { openSpools, type TableSpool } from "./table-spool.ts";
import { verifyWords } from "./verify-words.ts";

/**
 * Builds the pack of a range as a stream: entries go from the store into the archive and are counted on their way, what
 * comes of them is written behind them, the manifest last. Nothing in it hangs on when or where it is built.
 */
export async function buildPack(building: PackBuilding): Promise<BuiltPack> {
  const archive = openPackArchive();
  const taken = building.take(archive.output);
  const spools = openSpools();
  const made = writePack(building, archive, {
    population: spools.open("population.csv", callHeader),
    exceptions: spools.open("exceptions.csv", callHeader),
  });
  try {
    // Whoever fails first stops the other: a taker that is gone, or a store that does not hold what it must.
    made.catch((error: Error) => archive.output.destroy(error));
    const [pack] = await Promise.all([made, taken]);
    return pack;
  } finally {
    await Promise.allSettled([made, taken]);
    spools.drop();
  }
}

type Tables = { readonly population: TableSpool; readonly exceptions: TableSpool };

async function writePack(building: PackBuilding, archive: PackArchive, tables: Tables): Promise<BuiltPack> {
  const { source, onProgress } = building;
  const { range, startHashes } = source;
  const tree = openRangeTree(nodeCrypto, { size: BigInt(range.first), hashes: startHashes });
  const head = headOf(building);
  const text = (content: string): Uint8Array => Buffer.from(content, "utf8");

  if (range.startHead !== null) {
    await archive.add(packFiles.startCheckpoint, text(range.startHead.note));
    await archive.add(packFiles.startFrontier, text(formatHashLines(startHashes)));
  }
  await archive.add(packFiles.endCheckpoint, text(range.endHead.note));
  const documents = openDocuments();
  const computed = await writeEntries(building, archive, frameOf(head), tables, tree, documents);
  if (!Buffer.from(tree.root()).equals(range.endHead.root))
    throw new PackProblem("log_damaged", "The entries do not lead to the root that was signed.");

  const inForce = await documentsInForce(source);
  const written = await writeDocuments(source, archive, documents, inForce);
  const isStated = new Set(
    [...inForce.policies, ...computed.criteria.policies.rows].map(({ version }) => version),
  );
  const policies = written.policies.filter(({ version }) => isStated.has(version));
  const stated = await stateReport(source, computed, { ...written, policies, software: building.software });
  const report: Report = { v: 6, format: reportFormat, id: head.id, computed, stated };
  const reportBytes = formatReport(report);
  await archive.add(packFiles.report, reportBytes);
  const attachment = {
    name: "report.json",
    description: "The claims of this report",
    type: "application/json",
  };
  await archive.add(packFiles.pdf, await renderReportPdf(report, [{ ...attachment, bytes: reportBytes }]));
  await archive.add("tables/population.csv", tables.population.read());
  await archive.add("tables/exceptions.csv", tables.exceptions.read());
  await archive.add(packFiles.findings, text(findingsTable(report)));
  await archive.add(packFiles.words, text(verifyWords(head)));

  const files = archive.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
  const manifest = formatManifest({ ...head, files });
  await onProgress(range.end - range.first, archive.bytes(), "signing");
  const note = await building.sign(manifest);
  await archive.add(packFiles.manifest, manifest);
  await archive.add(packFiles.note, text(note));
  archive.end();
  const calls = computed.population.calls.selected;
  return { name: packFileName(head), packId: head.id, calls, files: archive.files };
}

async function writeEntries(
  { source, nameOf, onProgress }: PackBuilding,
  archive: PackArchive,
  frame: ReportFrame,
  tables: Tables,
  tree: ReturnType<typeof openRangeTree>,
  documents: PackDocuments,
) {
  const tally = openTally(nodeCrypto, frame);
  for (const file of entriesFiles(frame.first, frame.end)) {
    const part = openTallyPart(nodeCrypto, frame);
    const leaves: Uint8Array[] = [];
    const lines = async function* (): AsyncGenerator<Uint8Array> {
      let index = file.first;
      for await (const rows of source.rows(file.first, file.end)) {
        const page: Uint8Array[] = [];
        for (const row of rows) {
          if (row.bytes !== null) {
            page.push(row.bytes, lineEnd);
            leaves.push(leafHash(nodeCrypto, row.bytes));
            countEntry(row.bytes, index);
          } else if (row.leafHash !== null && source.isExpired(index)) {
            page.push(Buffer.from(formatAbsentLeaf({ leafHash: row.leafHash, why: "pruned" })), lineEnd);
            leaves.push(row.leafHash);
            part.skip("pruned");
          } else throw gone(index, row.leafHash !== null);
          index += 1;
        }
        yield Buffer.concat(page);
      }
    };
    await archive.add(file.path, lines());
    await archive.add(file.leaves, Buffer.concat(leaves));
    for (const subtree of subtreesFrom(nodeCrypto, file.first, leaves)) tree.push(subtree);
    tally.add(part.end());
    await onProgress(file.end - frame.first, archive.bytes(), "building");

    function countEntry(bytes: Uint8Array, index: number): void {
      const entry = entryOf(bytes, index);
      const content = contentOf(entry, index);
      part.add(entry, content);
      if (content.type === "call" || content.type === "late_outcome")
        noteDocuments(documents, content.call.body);
      if (content.type !== "call") return;
      const { body } = content.call;
      if (body.startedAt < frame.from || body.startedAt >= frame.to) return;
      const dimensions = dimensionsOf(body);
      if (!matchesFilter(frame.filter, body, dimensions)) return;
      const row = callRow(index, body, dimensions, nameOf);
      tables.population.add(row);
      if (body.verdict === "violation" || body.verdict === "unverifiable") tables.exceptions.add(row);
    }
  }
  return tally.end();
}

/** What is not there and has not expired was deleted by somebody; that is no pack, and the full check says more. */
function gone(index: number, hasLeaf: boolean): PackProblem {
  const words = hasLeaf
    ? `The bytes of entry ${index} are gone, and nothing says that they expired.`
    : `Nothing is stored of entry ${index}.`;
  return new PackProblem("log_damaged", words);
}

const lineEnd = Buffer.from("\n");

function entryOf(bytes: Uint8Array, index: number) {
  return reading(index, () => decodeEntry(bytes));
}

function contentOf(entry: ReturnType<typeof decodeEntry>, index: number) {
  return reading(index, () => readEntry(entry));
}

/** A log that was changed is no base for a report: the ledger page says what was found. */
function reading<T>(index: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EntryError)) throw error;
    throw new PackProblem("log_damaged", `What is stored as entry ${index} is none: ${error.message}`);
  }
}

type Head = Omit<Manifest, "files">;

function headOf({ source: { question, range, tenant, supersedes }, deployment }: PackBuilding): Head {
  const identity = {
    log: range.origin,
    range: { first: range.first, end: range.end },
    end_root: Buffer.from(range.endHead.root).toString("base64"),
    period: { from: question.periodFrom.toISOString(), to: question.periodTo.toISOString() },
    filter: question.filter,
    disclosure: "all" as const,
    supersedes,
  };
  return {
    v: 1,
    id: packId(nodeCrypto, identity),
    deployment,
    tenant: { id: tenant.id, slug: tenant.slug },
    simulated: tenant.mode === "simulated",
    status: range.final ? "final" : "provisional",
    ...identity,
  };
}

function frameOf({ id, log, range, end_root, period, status, filter, disclosure }: Head): ReportFrame {
  const { first, end } = range;
  return {
    id,
    log,
    first,
    end,
    endRoot: end_root,
    from: period.from,
    to: period.to,
    status,
    filter,
    disclosure,
  };
}
