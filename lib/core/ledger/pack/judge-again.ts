import type { PolicyInForce } from "../../policies/policy.ts";
import type { Catalog } from "../../regions/catalog.ts";
import { judgeCall } from "../../verdicts/judge.ts";
import { type Judgement, type JudgeVersion, knownJudge } from "../../verdicts/verdict.ts";
import { type CallBody, judgeInputs, type ReadCall } from "../entries/call-body.ts";

/** The policies and catalogs of a pack, by number and hash as entries name them. */
export type Documents = {
  readonly policy: (version: number, sha256: string) => PolicyInForce | null;
  readonly catalog: (version: number, sha256: string) => Catalog | null;
};

/** What became of judging a call again; `differs`: the entry says something else, at that member. */
export type JudgedAgain =
  | { readonly outcome: "same" | "cut" | "other_judge" | "no_document" }
  | { readonly outcome: "differs"; readonly member: string };

/**
 * Judges calls from their entries' facts alone, by the version that judged them when they were recorded. Calls that share all that
 * `judge` reads, and all that was judged of them, are judged once: the same input gives the same answer for ever.
 */
export function judgeOfEntries(documents: Documents): (call: ReadCall) => JudgedAgain {
  let same = new Set<string>();
  return (call) => {
    const byJudge = knownJudge(call.body.judgeVersion);
    if (byJudge === null) return { outcome: "other_judge" };
    const inputs = judgeInputs(call);
    if (inputs === null) return { outcome: "cut" };
    const key = questionText(call.body);
    if (same.has(key)) return { outcome: "same" };
    const found = judgeAgain(call.body, { ...inputs, byJudge }, documents);
    if (found.outcome === "same") {
      if (same.size >= keptMax) same = new Set();
      same.add(key);
    }
    return found;
  };
}

/** Of about a kilobyte each. */
const keptMax = 4_096;

/**
 * All of a call that `judge` reads, and all that it answered. What is left out here no step of the judgement reads, and a
 * test watches that none does.
 */
export function questionText(body: CallBody): string {
  const { facts, attempts, pin, policy, catalog, claims } = body;
  const rest = JSON.stringify([
    attempts.map(({ startedAt, durationMs, requestBytes, responseBytes, echo, peer, ...attempt }) => {
      const { requestId, processingMs, ...said } = echo;
      return [attempt, said, peer && { ...peer, peerKeySha256: null }];
    }),
    pin,
    policy,
    catalog,
    body.intendedRegion,
    body.refusal?.code,
    body.end,
    body.source,
    body.judgeVersion,
    body.verdict,
    body.band,
    body.basis,
    body.reasons,
    body.standing,
    body.hostWithinPolicy,
  ]);
  return `${numberOf(facts)} ${numberOf(claims)} ${rest}`;
}

/** Calls that say the same share their facts and claims, as they were read: which ones says it all, and is short. */
const numbers = new WeakMap<object, number>();
let numbered = 0;

function numberOf(value: object): number {
  const known = numbers.get(value);
  if (known !== undefined) return known;
  numbered += 1;
  numbers.set(value, numbered);
  return numbered;
}

function judgeAgain(
  body: CallBody,
  inputs: NonNullable<ReturnType<typeof judgeInputs>> & { readonly byJudge: JudgeVersion },
  documents: Documents,
): JudgedAgain {
  const policy = body.policy === null ? null : documents.policy(body.policy.version, body.policy.sha256);
  const catalog = documents.catalog(body.catalog.version, body.catalog.sha256);
  if (catalog === null || (body.policy !== null && policy === null)) return { outcome: "no_document" };
  const { call: judged, attempts } = judgeCall({ ...inputs, policy, catalog });
  const member = differenceOf(judged, attempts, body);
  return member === null ? { outcome: "same" } : { outcome: "differs", member };
}

function differenceOf(judged: Judgement, attempts: readonly Judgement[], body: CallBody): string | null {
  if (judged.verdict !== body.verdict) return "verdict";
  if (judged.band !== body.band) return "band";
  if (judged.basis !== body.basis) return "basis";
  if (!sameList(judged.reasons, body.reasons)) return "reasons";
  if (!sameList(judged.standing, body.standing)) return "standing";
  if (judged.hostWithinPolicy !== body.hostWithinPolicy) return "host_within_policy";
  if (!sameClaims(judged, body)) return "claims";
  if (attempts.length !== body.attempts.length) return "attempts";
  for (const [i, { judged: said }] of body.attempts.entries()) {
    const again = attempts[i];
    const same =
      again?.verdict === said.verdict && again.basis === said.basis && sameList(again.reasons, said.reasons);
    if (!same) return `attempts[${i}].judged`;
  }
  return null;
}

function sameClaims({ claims }: Judgement, body: CallBody): boolean {
  if (claims.length !== body.claims.length) return false;
  return body.claims.every((said, i) => {
    const again = claims[i];
    if (again?.claim !== said.claim || again.grade !== said.grade) return false;
    if (again.value === "undetermined" || said.value === "undetermined") return again.value === said.value;
    return sameList(again.value, said.value);
  });
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
