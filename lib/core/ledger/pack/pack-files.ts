/** Names of the files in a pack. Nothing else may be in one. */
export const packFiles = {
  manifest: "MANIFEST.json",
  note: "MANIFEST.note",
  words: "VERIFY.md",
  report: "report.json",
  pdf: "report.pdf",
  /** Follows from `report.json`, byte for byte. */
  findings: "tables/findings.csv",
  /** The log's head at the beginning of the range, and what it was put together from; both absent at 0. */
  startCheckpoint: "log/start.checkpoint",
  /** Hashes of the perfect subtrees before the range, largest first, one in base64 per line. */
  startFrontier: "log/start.frontier",
  endCheckpoint: "log/end.checkpoint",
  /** Lines `{"field","index","salt","value"}`; absent where no commitment is opened. */
  openings: "log/openings.ndjson",
} as const;

/** Tables of calls for people, escaped for spreadsheets. What counts is `report.json` and the entries. */
export const packTables = ["tables/population.csv", "tables/exceptions.csv"] as const;

/** So many places of the log are in one file of entries; the first and the last file of a range may hold fewer. */
export const entriesPerFile = 4_096;

/** File of the entries with these places: `log/entries-00000012.ndjson` holds 12 × 4,096 up to 13 × 4,096 - 1. */
export function entriesFile(n: number): string {
  return `log/entries-${String(n).padStart(8, "0")}.ndjson`;
}

/** Leaf hashes of the same places, 32 bytes each end to end: they tell which entry it is that was changed. */
export function leavesFile(n: number): string {
  return `log/leaves-${String(n).padStart(8, "0")}.bin`;
}

/** Number of the file in which an index stands. */
export const entriesFileOf = (index: number): number => Math.floor(index / entriesPerFile);

export type EntriesFile = {
  readonly path: string;
  readonly leaves: string;
  readonly first: number;
  readonly end: number;
};

/** The files of a range in order, each with its places: `first` included, `end` not. */
export function entriesFiles(first: number, end: number): EntriesFile[] {
  const files: EntriesFile[] = [];
  for (let at = first; at < end; ) {
    const n = entriesFileOf(at);
    const until = Math.min(end, (n + 1) * entriesPerFile);
    files.push({ path: entriesFile(n), leaves: leavesFile(n), first: at, end: until });
    at = until;
  }
  return files;
}

/** The policy or catalog of that hash: its bytes are the text that was hashed. */
export const policyFile = (sha256: string): string => `policy/${sha256}.json`;
export const catalogFile = (sha256: string): string => `catalog/${sha256}.json`;

const known: ReadonlySet<string> = new Set([...Object.values(packFiles), ...packTables]);

/** Whether a pack may hold a file of this name. */
export function isPackFile(path: string): boolean {
  return (
    known.has(path) ||
    /^(?:log\/entries-\d{8}\.ndjson|log\/leaves-\d{8}\.bin|(?:policy|catalog)\/[0-9a-f]{64}\.json)$/.test(
      path,
    )
  );
}
