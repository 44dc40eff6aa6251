import type { TokenUsage } from "../calls/call-facts.ts";
import { type CallBody, isReadByJudge, type ReadCall } from "../ledger/entries/call-body.ts";
import type { CallDimensions } from "./call-filter.ts";
import { addSum, addTo, type ExactSum, exactSum } from "./exact-sum.ts";

/**
 * All that a call is grouped by, in one. Calls that share every part are counted together; each table of a report adds up
 * the parts it does not ask for.
 */
export type CallShape = Pick<
  CallBody,
  | "applicationId"
  | "source"
  | "end"
  | "intendedRegion"
  | "policy"
  | "catalog"
  | "factsV"
  | "judgeVersion"
  | "verdict"
  | "band"
  | "basis"
  | "reasons"
  | "standing"
  | "claims"
> & {
  readonly operation: string;
  readonly subjectCountry: string | null;
  readonly relayCountry: string | null;
  readonly simulated: boolean;
  readonly carriesContent: boolean;
  readonly refused: boolean;
  /** The policy observed, and would have stopped it. */
  readonly wouldBlock: string | null;
  readonly spooled: boolean;
  /** It began before the first policy, and was held against that afterwards. */
  readonly retrospective: boolean;
  /** What was known of the project behind its key when it began. */
  readonly pin: Pick<CallBody["pin"], "source" | "kind" | "region">;
  /** Something was longer than an entry holds, so that nobody can judge it again. */
  readonly cut: boolean;
} & CallDimensions;

/** Of all calls of one shape. */
export type ShapeSums = {
  calls: number;
  /** Of calls of which the provider told no token count at all. */
  withoutTokens: number;
  readonly inputTokens: ExactSum;
  readonly outputTokens: ExactSum;
  readonly cachedInputTokens: ExactSum;
  readonly reasoningTokens: ExactSum;
  readonly requestBytes: ExactSum;
  readonly responseBytes: ExactSum;
  /** Earliest and latest start of a call. */
  firstAt: string;
  lastAt: string;
};

export type ShapeTable = Map<string, { readonly shape: CallShape; readonly sums: ShapeSums }>;

export function countCall(table: ShapeTable, { body, cuts }: ReadCall, dimensions: CallDimensions): void {
  const shape = shapeOf(body, cuts.some(isReadByJudge), dimensions);
  const key = keyOf(shape);
  let row = table.get(key);
  if (row === undefined) {
    row = { shape, sums: noCalls(body.startedAt) };
    table.set(key, row);
  }
  addCall(row.sums, body);
}

/** Puts the shapes of later entries to the earlier. */
export function mergeShapes(into: ShapeTable, other: ShapeTable): void {
  for (const [key, { shape, sums }] of other) {
    const row = into.get(key);
    if (row === undefined) into.set(key, { shape, sums });
    else addSums(row.sums, sums);
  }
}

/** Sums of no calls yet, whose first one begins then. */
export function noCalls(at: string): ShapeSums {
  return {
    calls: 0,
    withoutTokens: 0,
    inputTokens: exactSum(),
    outputTokens: exactSum(),
    cachedInputTokens: exactSum(),
    reasoningTokens: exactSum(),
    requestBytes: exactSum(),
    responseBytes: exactSum(),
    firstAt: at,
    lastAt: at,
  };
}

export function addSums(sums: ShapeSums, other: ShapeSums): void {
  sums.calls += other.calls;
  sums.withoutTokens += other.withoutTokens;
  for (const name of counted) addSum(sums[name], other[name]);
  if (other.firstAt < sums.firstAt) sums.firstAt = other.firstAt;
  if (other.lastAt > sums.lastAt) sums.lastAt = other.lastAt;
}

const counted = [
  "inputTokens",
  "outputTokens",
  "cachedInputTokens",
  "reasoningTokens",
  "requestBytes",
  "responseBytes",
] as const;

function addCall(sums: ShapeSums, { usage, requestBytes, responseBytes, startedAt }: CallBody): void {
  sums.calls += 1;
  if (isUntold(usage)) sums.withoutTokens += 1;
  addTo(sums.inputTokens, usage.inputTokens ?? 0);
  addTo(sums.outputTokens, usage.outputTokens ?? 0);
  addTo(sums.cachedInputTokens, usage.cachedInputTokens ?? 0);
  addTo(sums.reasoningTokens, usage.reasoningTokens ?? 0);
  addTo(sums.requestBytes, requestBytes ?? 0);
  addTo(sums.responseBytes, responseBytes ?? 0);
  if (startedAt < sums.firstAt) sums.firstAt = startedAt;
  if (startedAt > sums.lastAt) sums.lastAt = startedAt;
}

const isUntold = ({ inputTokens, outputTokens }: TokenUsage): boolean =>
  inputTokens === null && outputTokens === null;

function shapeOf(body: CallBody, cut: boolean, dimensions: CallDimensions): CallShape {
  const { facts, refusal, wouldBlock, gap } = body;
  return {
    ...dimensions,
    applicationId: body.applicationId,
    source: body.source,
    end: body.end,
    intendedRegion: body.intendedRegion,
    policy: body.policy,
    catalog: body.catalog,
    factsV: body.factsV,
    judgeVersion: body.judgeVersion,
    verdict: body.verdict,
    band: body.band,
    basis: body.basis,
    reasons: body.reasons,
    standing: body.standing,
    claims: body.claims,
    operation: facts.operation,
    subjectCountry: facts.subjectCountry,
    relayCountry: facts.relayCountry,
    simulated: facts.simulated,
    carriesContent: facts.carriesContent,
    refused: refusal !== null,
    wouldBlock: wouldBlock?.code ?? null,
    spooled: gap === "spooled",
    retrospective: body.reported?.retrospective === true,
    pin: body.pin,
    cut,
  };
}

/**
 * One text per shape. Free words come with their length, so that none can run into the next; the others are of closed sets or
 * numbers.
 */
function keyOf(shape: CallShape): string {
  const { policy, catalog, pin } = shape;
  let key = `${shape.source} ${shape.end} ${shape.verdict} ${shape.band} ${shape.basis} ${shape.factsV} ${shape.judgeVersion} `;
  key += `${shape.reasons.join()} ${shape.standing.join()} ${bits(shape)} ${policy?.version} ${catalog.version} ${pin.source} ${pin.kind} `;
  key +=
    word(shape.applicationId) +
    word(shape.operation) +
    word(shape.region) +
    word(shape.host) +
    word(shape.model);
  key +=
    word(shape.intendedRegion) +
    word(shape.subjectCountry) +
    word(shape.relayCountry) +
    word(shape.wouldBlock) +
    word(pin.region);
  key += word(policy?.sha256 ?? null) + word(catalog.sha256);
  return key + claimsKey(shape.claims);
}

/** Calls share their claims, as they were read. */
const claimsKeys = new WeakMap<object, string>();

function claimsKey(claims: CallShape["claims"]): string {
  const known = claimsKeys.get(claims);
  if (known !== undefined) return known;
  let key = "";
  for (const { claim, value, grade } of claims)
    key += claim + grade + (value === "undetermined" ? "?" : word(value.join(" ")));
  claimsKeys.set(claims, key);
  return key;
}

const word = (text: string | null): string => (text === null ? "-" : `${text.length}:${text}`);

function bits({ simulated, carriesContent, refused, spooled, cut, left, retrospective }: CallShape): number {
  return (
    (simulated ? 1 : 0) +
    (carriesContent ? 2 : 0) +
    (refused ? 4 : 0) +
    (spooled ? 8 : 0) +
    (cut ? 16 : 0) +
    (left ? 32 : 0) +
    (retrospective ? 64 : 0)
  );
}
