import type { Cell, CellState, Confidence, RegionCode, Shutdown, Stated } from "../catalog.ts";

/** Every region of OpenAI that has a row in the catalog, in the order of the catalog. */
export const regionCodes: readonly RegionCode[] = [
  "us",
  "eu",
  "ae",
  "au",
  "in",
  "jp",
  "ca",
  "sg",
  "kr",
  "gb",
];

/** Processing was announced for these, but the table of what is processed could not be read. */
const scopeUnknown: readonly RegionCode[] = ["au", "in", "jp"];

/** Earliest day the copy of the guide can have been taken. */
export const yourDataAsOf = "2026-09-24";

export function cell(
  state: CellState,
  options: { sourceId?: string; asOf?: string; confidence?: Confidence; note?: string } = {},
): Cell {
  const { sourceId = "your-data", asOf = yourDataAsOf, confidence = "medium", note } = options;
  return { state, sourceId, asOf, confidence, confirmedBy: null, ...(note === undefined ? {} : { note }) };
}

export function stated(
  sourceId = "your-data",
  asOf = yourDataAsOf,
  confidence: Confidence = "medium",
): Stated {
  return { sourceId, asOf, confidence, confirmedBy: null };
}

/** Read on OpenAI's deprecations page itself in November 2026, or (`copy`) in dated copies of it from October. */
export function shutdown(
  on: string,
  replacement: string | null = null,
  { from = "copy", note }: { from?: "page" | "copy"; note?: string } = {},
): Shutdown {
  const basis =
    from === "page"
      ? stated("deprecations", "2026-11-22", "high")
      : stated("deprecations-copies", "2026-10-28", "medium");
  return { on, replacement, ...basis, ...(note === undefined ? {} : { note }) };
}

export type Cells = Readonly<Record<RegionCode, Cell>>;

function perRegion(of: (region: RegionCode) => Cell): Cells {
  return Object.fromEntries(regionCodes.map((region) => [region, of(region)]));
}

/**
 * Processing cells of a row that the provider's table has: listed regions are `yes`, the others `no`,
 * and AU, IN, JP `unknown`, because the copy predates their processing.
 */
export function processedIn(listed: readonly RegionCode[]): Cells {
  return perRegion((region) => {
    if (listed.includes(region)) return cell("yes");
    if (scopeUnknown.includes(region)) {
      return cell("unknown", {
        sourceId: "node-changelog",
        asOf: "2026-11-05",
        note: "Processing was announced after the copy was taken; which endpoints and models is not known.",
      });
    }
    return cell("no");
  });
}

/** A row the provider's table has, with processing in no region at all: AU, IN, JP stay `unknown`. */
export const processedNowhere: Cells = processedIn([]);

/** Storage cells: every region, or the listed ones. */
export function storedIn(listed: "everywhere" | readonly RegionCode[]): Cells {
  return perRegion((region) => cell(listed === "everywhere" || listed.includes(region) ? "yes" : "no"));
}

/** A row that the residency table does not have at all. */
export const notListed: Cells = perRegion(() => cell("unlisted"));
