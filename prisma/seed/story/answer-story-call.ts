import {
  noEcho,
  type PeerEvidence,
  type ProviderEcho,
  type TransportFailure,
} from "../../../lib/core/calls/attempt-facts.ts";
import { digestNumber, digestText } from "../../../lib/providers/simulated/digest.ts";
import { edgeCodes } from "../../../lib/providers/simulated/edge-codes.ts";
import { answeringModel } from "../../../lib/providers/simulated/offered-models.ts";
import {
  findProject,
  hostDemanded,
  type SimulatedProject,
} from "../../../lib/providers/simulated/project.ts";
import { findSimulatedHost, type SimulatedHost } from "../../../lib/providers/simulated/simulated-hosts.ts";
import { delaysOf } from "./delays.ts";
import type { PlannedStoryCall } from "./plan-story-call.ts";
import type { Random } from "./random.ts";

/** What the gateway would have seen of a call that was sent. */
export type StoryAnswer = {
  readonly progress: "sent" | "not_sent";
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly suggestedHost: string | null;
  readonly failure: TransportFailure | null;
  readonly modelAnswered: string | null;
  readonly ttftMs: number | null;
  readonly durationMs: number;
  readonly echo: ProviderEcho;
  readonly peer: PeerEvidence | null;
};

/**
 * Answers by the rules of the simulated provider: the project behind the key decides whether a host serves
 * it, the region which model answers.
 */
export function answerStoryCall(planned: PlannedStoryCall, random: Random): StoryAnswer {
  const { call, plan, key, credential } = planned;
  const host = findSimulatedHost(plan.host);
  const project = projectOf(key.ownProviderKey ?? credential?.secret ?? "");
  if (!host || !project) throw new Error(`A call of ${planned.tenant.slug} has no host or no project.`);
  const { ending } = call;
  if (ending.kind === "not_sent") return notSent(ending.failure, random);
  const rightHost = hostDemanded(project, host);
  const delays = delaysOf(call, host.region, random);
  const seen = { progress: "sent" as const, peer: peerOf(host), failure: null, modelAnswered: null };
  if (rightHost !== null || ending.kind === "error") {
    const durationMs = Math.round(30 + random.skewed(60, 0.5));
    return {
      ...seen,
      status: rightHost !== null ? 401 : ending.kind === "error" ? ending.status : 500,
      errorCode: rightHost !== null ? "incorrect_hostname" : ending.kind === "error" ? ending.code : null,
      suggestedHost: rightHost,
      ttftMs: durationMs - 4,
      durationMs,
      echo: echoOf(host, rightHost === null ? project : null, durationMs, random),
    };
  }
  const answered = {
    ...seen,
    status: 200,
    errorCode: null,
    suggestedHost: null,
    modelAnswered: call.model && answeringModel(call.model, host.region),
    ttftMs: delays.ttftMs,
    echo: echoOf(host, project, delays.ttftMs, random),
  };
  if (ending.kind === "abandoned") {
    const until = delays.ttftMs + (delays.durationMs - delays.ttftMs) * random.next();
    return { ...answered, failure: "aborted", durationMs: Math.round(until) };
  }
  return { ...answered, durationMs: delays.durationMs };
}

function notSent(failure: TransportFailure, random: Random): StoryAnswer {
  return {
    progress: "not_sent",
    status: null,
    errorCode: null,
    suggestedHost: null,
    failure,
    modelAnswered: null,
    ttftMs: null,
    durationMs: failure === "connect_timeout" ? 10_000 : random.whole(4, 90),
    echo: noEcho,
    peer: null,
  };
}

function echoOf(
  host: SimulatedHost,
  project: SimulatedProject | null,
  processingMs: number,
  random: Random,
): ProviderEcho {
  return {
    requestId: `req_${Buffer.from(random.bytes(16)).toString("hex")}`,
    projectId: project?.id ?? null,
    organization: project?.organization ?? null,
    edgeCode: random.pick(edgeCodes(host.region)),
    processingMs,
    statedRegion: null,
  };
}

const projects = new Map<string, SimulatedProject | null>();

function projectOf(secret: string): SimulatedProject | null {
  if (!projects.has(secret)) projects.set(secret, findProject(secret));
  return projects.get(secret) ?? null;
}

const peers = new Map<string, PeerEvidence>();

/** An address reserved for documentation (RFC 5737): of nobody, and not to be mistaken for OpenAI's. */
function peerOf({ host }: SimulatedHost): PeerEvidence {
  const known = peers.get(host);
  if (known) return known;
  const peer = {
    address: `203.0.113.${1 + (digestNumber("address", host) % 250)}`,
    port: 443,
    tlsName: host,
    tlsVerified: true,
    tlsProtocol: "TLSv1.3",
    peerKeySha256: Buffer.from(digestText(32, "key", host)).toString("hex"),
  };
  peers.set(host, peer);
  return peer;
}
