import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import type { Policy } from "../policies/policy.ts";
import { deniesFeature, hasLocationRequirement } from "../policies/requirements.ts";
import type { Catalog, Shutdown } from "../regions/catalog.ts";
import { type ClassifiedHost, classifyHost } from "../regions/classify-host.ts";
import { edgeOutside } from "../regions/edge-places.ts";
import {
  extendedCaching,
  findEndpoint,
  findFeature,
  isSnapshotOf,
  isSnapshotOfListed,
  readModelName,
} from "../regions/eligibility.ts";
import { findRegion } from "../regions/host-of-region.ts";
import { hasRegionalTls } from "./claims.ts";

/** What is worth knowing of a call and changes no verdict. */
export type AdvisoryKind =
  /** A tool was offered that the policy would not accept in use; the answer shows no use of it. */
  | "tool_offered"
  /** One model was asked for, and another that is no snapshot of it answered: the answer decided. */
  | "answered_by_another_model"
  /** No answer named a snapshot; the catalog records what the alias stands for. */
  | "alias_by_mapping"
  /** Another spelling of a listed name answered, and was judged by that name's row. */
  | "judged_by_listed_name"
  /** The model or the endpoint has ended, or an end is announced. */
  | "ended"
  | "end_announced"
  /** The edge named itself as outside the region, where the policy does not ask for ingress. */
  | "edge_outside_region";

export type Advisory = {
  readonly kind: AdvisoryKind;
  /** A tool, a model, an endpoint or an edge. */
  readonly subject: string;
  /** One sentence for a person, without content. */
  readonly sentence: string;
};

export type AdviceQuestion = {
  readonly facts: CallFacts;
  readonly attempts: readonly AttemptFacts[];
  /** null: none was in force, so nothing is held against one. */
  readonly policy: Policy | null;
  readonly catalog: Catalog;
  /** UTC day of the call's beginning. */
  readonly on: string;
};

/** What to say beside the verdict: tools offered, names that stood for others, ends, edges. */
export function adviseCall(question: AdviceQuestion): readonly Advisory[] {
  return [...offeredTools(question), ...modelNames(question), ...endings(question), ...edges(question)];
}

function offeredTools({ facts, policy, catalog, attempts }: AdviceQuestion): Advisory[] {
  if (policy === null) return [];
  const hosts = attempts.map(({ host }) => classifyHost(host, catalog, policy.customHosts));
  return facts.featuresOffered.flatMap((id) => {
    const row = findFeature(id, catalog);
    if (facts.featuresUsed.includes(id) || row?.usedWhenRequested === true) return [];
    const why = objectionTo(id, policy, catalog, hosts);
    const seen =
      facts.responseBody === "read" ? "the answer shows no use of it" : "whether it was used was not seen";
    const sentence = `The request offered ${row?.title ?? id}, which ${why}; ${seen}.`;
    return why === null ? [] : [{ kind: "tool_offered", subject: id, sentence } as const];
  });
}

/** Why the use of a tool would not be cleared; null where it would. */
function objectionTo(
  id: string,
  policy: Policy,
  catalog: Catalog,
  hosts: readonly ClassifiedHost[],
): string | null {
  if (deniesFeature(policy, id)) return "the policy denies";
  if (!hasLocationRequirement(policy)) return null;
  const row = findFeature(id, catalog);
  if (row === null) return id === extendedCaching ? null : "no table places";
  if (row.thirdParty) return "sends content to a third party";
  const regions = hosts.flatMap(({ region }) => (region === null ? [] : [region]));
  const listed = regions.every((region) => region === "global" || row.processing[region]?.state === "yes");
  return listed ? null : "is not listed for the region";
}

function modelNames({ facts, catalog }: AdviceQuestion): Advisory[] {
  const { modelRequested: asked, modelAnswered: answered } = facts;
  if (asked === null || asked === answered) return [];
  const name = readModelName(asked, catalog);
  if (answered === null) {
    if (name.kind !== "listed" || name.row.id === asked) return [];
    const sentence = `${asked} was asked for, and no answer named a snapshot; the catalog records that it stands for ${name.row.id}.`;
    return [{ kind: "alias_by_mapping", subject: asked, sentence }];
  }
  const named = readModelName(answered, catalog);
  const spelt = named.kind === "listed" && named.row.id === asked && named.row.id !== answered;
  if (spelt || (named.kind !== "listed" && isSnapshotOfListed(answered, asked, catalog))) {
    const sentence = `${asked} was asked for; ${answered} answered, which has no row of its own in the catalog and was judged by that of ${asked}.`;
    return [{ kind: "judged_by_listed_name", subject: asked, sentence }];
  }
  if (isSnapshotOf(answered, asked) || (name.kind === "listed" && name.row.id === answered)) return [];
  const sentence = `${asked} was asked for; ${answered} answered, and was judged.`;
  return [{ kind: "answered_by_another_model", subject: asked, sentence }];
}

function endings({ facts, catalog, on }: AdviceQuestion): Advisory[] {
  const model = facts.modelAnswered ?? facts.modelRequested;
  const name = model === null ? null : readModelName(model, catalog);
  const row = name?.kind === "listed" ? name.row : null;
  const endpoint = findEndpoint(facts.endpoint, catalog);
  return [
    ...(row === null ? [] : ending(row.id, row.shutdown, on)),
    ...(endpoint === null ? [] : ending(endpoint.path, endpoint.shutdown, on)),
  ];
}

function ending(subject: string, shutdown: Shutdown | null, on: string): Advisory[] {
  if (shutdown === null) return [];
  const instead = shutdown.replacement === null ? "" : `; the provider names ${shutdown.replacement} instead`;
  return on >= shutdown.on
    ? [{ kind: "ended", subject, sentence: `${subject} ended on ${shutdown.on}${instead}.` }]
    : [{ kind: "end_announced", subject, sentence: `${subject} ends on ${shutdown.on}${instead}.` }];
}

function edges({ attempts, policy, catalog }: AdviceQuestion): Advisory[] {
  if (policy === null || policy.claims.ingress.kind === "countries") return [];
  return attempts.flatMap(({ host, echo }) => {
    const named = classifyHost(host, catalog, policy.customHosts);
    const { class: kind, region: code } = named;
    const region = kind === "official" && code !== null ? findRegion(code, catalog) : null;
    if (region === null || echo.edgeCode === null || !hasRegionalTls({ host: named, catalog }, region))
      return [];
    if (!edgeOutside(echo.edgeCode, region.countries)) return [];
    const sentence = `The edge that answered for ${host} named itself ${echo.edgeCode}, outside ${region.name}; the policy does not ask where TLS ends.`;
    return [{ kind: "edge_outside_region", subject: echo.edgeCode, sentence } as const];
  });
}
