import { z } from "zod";
import type { AttemptFacts } from "../core/calls/attempt-facts.ts";
import type { BatchLineGroup } from "../core/calls/batch-lines.ts";
import type { CallEnd, CallSource } from "../core/calls/call-facts.ts";
import type { ReportMark } from "../core/calls/call-record.ts";
import type { DeploymentFacts } from "../core/calls/deployment-facts.ts";
import type { ClaimEvidence } from "../core/calls/evidence.ts";
import type { DataCategory } from "../core/findings/data-category.ts";
import { dataCategoryWords } from "../core/findings/data-category.ts";
import type { Pin } from "../core/policies/policy.ts";
import type { Advisory } from "../core/verdicts/advise.ts";
import { reasonTexts } from "../core/verdicts/reason-texts.ts";
import { standingTexts } from "../core/verdicts/standing-texts.ts";
import type { Band, Basis, Reason, Verdict } from "../core/verdicts/verdict.ts";
import { bandWords, basisWords, verdictWords } from "../core/verdicts/verdict-words.ts";
import { rangeSearch, type Window } from "./range.ts";
import { line } from "./text.ts";

/** The facets a calls list can be filtered by. Repeat a parameter for "any of". */
export const callFacets = [
  "verdict",
  "band",
  "reason",
  "region",
  "host",
  "model",
  "operation",
  "application",
  "environment",
  "data",
  "owner",
  "source",
  "basis",
] as const;
export type CallFacet = (typeof callFacets)[number];

const word = line.min(1).max(253);
const listOf = (each: z.ZodString) => z.array(each).max(20).default([]);
const anyOf = listOf(word);

/** Any of a closed set: a word that is none of them is refused, because it would match nothing without saying why. */
function anyWordOf(words: Readonly<Record<string, unknown>>) {
  return listOf(word.refine((text) => Object.hasOwn(words, text), "There is no such value."));
}

const sources: Readonly<Record<CallSource, true>> = {
  gateway: true,
  playground: true,
  upkeep: true,
  intake: true,
  otlp: true,
  litellm: true,
};

/** Search of `/calls` and `/api/calls`: the same words in both URLs. */
export const callSearch = rangeSearch.extend({
  verdict: anyWordOf(verdictWords),
  /** `none`: calls that are not applicable have no band. */
  band: anyWordOf({ ...bandWords, none: true }),
  reason: anyWordOf({ ...reasonTexts, ...standingTexts }),
  region: anyOf,
  host: anyOf,
  model: anyOf,
  operation: anyOf,
  application: anyOf,
  environment: anyWordOf({ production: true, test: true }),
  /** What kind of data the application declares to send. */
  data: anyWordOf(dataCategoryWords),
  /** Who answers for the application, as declared; `none`: nobody was named. */
  owner: anyOf,
  source: anyWordOf(sources),
  basis: anyWordOf(basisWords),
  /** Opaque keyset cursor from a previous page. */
  cursor: line.max(200).optional(),
  /** Only what was recorded up to there: `liveCursor` of the first page, or the tail's `cursor`. Opaque. */
  upTo: line.min(1).max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CallSearch = z.infer<typeof callSearch>;

export type CallListItem = {
  readonly id: string;
  readonly tenant: string;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly application: string;
  readonly environment: "production" | "test";
  /** What its application declares to send. */
  readonly dataCategory: DataCategory;
  readonly operation: string;
  readonly modelRequested: string | null;
  readonly modelAnswered: string | null;
  readonly host: string | null;
  /** Region the host means: a code, `global`, or null where the host is none of the catalog's. */
  readonly servedRegion: string | null;
  readonly intendedRegion: string | null;
  readonly status: number | null;
  readonly end: CallEnd;
  readonly verdict: Verdict;
  readonly band: Band | null;
  readonly reasons: readonly Reason[];
  readonly basis: Basis;
  readonly source: CallSource;
  /** True: it began before the tenant's first policy, and was held against that when it was reported. */
  readonly retrospective: boolean;
  readonly simulated: boolean;
};

export type FacetCount = { readonly value: string; readonly calls: number };

export type CallPage = {
  readonly window: Window;
  readonly items: readonly CallListItem[];
  readonly nextCursor: string | null;
  /** Of exactly the calls in the window that match. */
  readonly facets: Readonly<Record<CallFacet, readonly FacetCount[]>>;
  readonly totalCalls: number;
  /** True when the scan budget ended before the page was full; continue with `nextCursor`. */
  readonly scanStopped: boolean;
  /** Where recording stood when this page was read: `listNewCalls` goes on from here, so none is missed. */
  readonly liveCursor: string;
};

/** Search of `/api/calls/new`: the list's filters, where its window begins, and where the last answer stopped. */
export const newCallSearch = callSearch
  .omit({ range: true, from: true, to: true, cursor: true, upTo: true, limit: true })
  .extend({
    /** The start of the list's window: what began before it is on no screen. */
    since: z.iso.datetime().optional(),
    /** `liveCursor` of a page, or `cursor` of the answer before. Opaque. */
    after: line.min(1).max(2000),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  });
export type NewCallSearch = z.infer<typeof newCallSearch>;

/** Calls recorded after `after`, in the order of recording (a long call is recorded when it ends). */
export type NewCalls = {
  readonly items: readonly CallListItem[];
  readonly cursor: string;
  /** True when `limit` ended the answer: ask again at once. */
  readonly more: boolean;
};

export type AttemptDetail = AttemptFacts & {
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly claims: readonly ClaimEvidence[];
};

/** The real end of a call that the record had closed without one. The first verdict stays. */
export type LateEnd = {
  readonly receivedAt: string;
  readonly end: CallEnd;
  /** Of the last dial; null where none was answered. */
  readonly status: number | null;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
};

/** What another program says of a call that our own gateway recorded. Grade D: the record stays the gateway's. */
export type Corroboration = {
  readonly clientId: string;
  readonly source: CallSource;
  readonly application: string | null;
  readonly startedAt: string;
  readonly receivedAt: string;
  readonly status: number | null;
};

export type CallDetail = CallListItem & {
  readonly lateEnd: LateEnd | null;
  readonly endedAt: string | null;
  readonly keyName: string | null;
  readonly target: string;
  readonly policyVersion: number | null;
  readonly policyPreset: string | null;
  readonly catalogVersion: number;
  readonly judgeVersion: number;
  readonly pin: Pin;
  /** The claim in words: what happened, with its source. */
  readonly statement: string;
  /** What is worth knowing beside the verdict, by the catalog that judged: tools offered, names, ends, edges. */
  readonly advisories: readonly Advisory[];
  readonly claims: readonly ClaimEvidence[];
  readonly attempts: readonly AttemptDetail[];
  readonly wouldBlock: boolean;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly ttftMs: number | null;
  readonly stream: boolean;
  readonly storeSaid: "true" | "false" | "not said";
  /** Hosts of MCP servers and ids of connectors that the request named. */
  readonly toolHosts: readonly string[];
  /** Of a batch, or of its file: what the lines ask for, largest group first; null: it is none, or nobody read them. */
  readonly batchLines: readonly BatchLineGroup[] | null;
  /** What is configured of the deployment at Azure that the call named; null: it went to none. */
  readonly deployment: DeploymentFacts | null;
  readonly clientRequestId: string | null;
  /** Why the provider ended the answer, in its own word. */
  readonly finishReason: string | null;
  /** The store was away when the call left, and the record waited on the gateway's disk. */
  readonly gap: "spooled" | null;
  /** How the call came to be known that another program tells; null: our own gateway saw it. */
  readonly reported: ReportMark | null;
  /** Who else reports this call of our gateway; it is counted once. At most 50. */
  readonly corroborations: readonly Corroboration[];
  /** `exception`: "EX-12" where it is accepted. */
  readonly findings: readonly {
    readonly id: string;
    readonly cause: string;
    readonly state: string;
    readonly exception: string | null;
  }[];
};
