import type { UsageKind } from "../../../core/accounts/usage-kind.ts";
import { asArray, field, type JsonObject } from "../../../core/calls/json-fields.ts";
import { tokensIn } from "../api/stored-text.ts";
import { answeringModel } from "../offered-models.ts";
import type { SimulatedProject } from "../project.ts";
import type { CountedRequests, UsageJournal } from "./usage-journal.ts";

/** Which usage endpoint counts the requests of a path (OpenAI, reference of the usage API, read 2026-11-30). */
const kinds: Readonly<Record<string, UsageKind>> = {
  "/v1/chat/completions": "completions",
  "/v1/responses": "completions",
  "/v1/completions": "completions",
  "/v1/embeddings": "embeddings",
  "/v1/moderations": "moderations",
  "/v1/images/generations": "images",
  "/v1/images/edits": "images",
  "/v1/images/variations": "images",
  "/v1/audio/speech": "audio_speeches",
  "/v1/audio/transcriptions": "audio_transcriptions",
  "/v1/audio/translations": "audio_transcriptions",
};

export type AcceptedRequest = {
  readonly project: SimulatedProject;
  /** Of the host that answered: what a model's name stands for there. */
  readonly region: string | null;
  readonly method: string;
  readonly path: string;
  readonly body: JsonObject;
};

/** Counts a request that was answered with a success; of a kind that is not counted, its project is known from now on. */
export function countRequest(journal: UsageJournal, request: AcceptedRequest): void {
  const { method, path, project } = request;
  const kind = method === "POST" && Object.hasOwn(kinds, path) ? kinds[path] : undefined;
  journal.add(kind === undefined ? knownProject(project, Date.now()) : counted(request, kind, request.body));
}

/** No request, and that there is such a project since then. `at`: milliseconds since 1970. */
export function knownProject(project: SimulatedProject, at: number): CountedRequests {
  return {
    projectId: project.id,
    residency: residencyOf(project),
    hour: hourOf(at),
    kind: "completions",
    model: "none",
    batch: false,
    requests: 0,
    inputTokens: 0,
    outputTokens: 0,
  };
}

/** The word for it in the project's keys. */
function residencyOf({ organization }: SimulatedProject): string {
  return organization.slice("org-sim-".length);
}

function hourOf(at: number): number {
  return Math.floor(at / 3_600_000) * 3_600;
}

/** Counts the lines of a batch as soon as it is made, each by the model that it names. */
export function countBatch(
  journal: UsageJournal,
  request: Omit<AcceptedRequest, "method" | "path" | "body">,
  endpoint: string,
  lines: readonly unknown[],
): void {
  const kind = Object.hasOwn(kinds, endpoint) ? kinds[endpoint] : undefined;
  if (kind === undefined) return;
  for (const line of lines) journal.add({ ...counted(request, kind, field(line, "body")), batch: true });
}

/** Tokens as the simulation's answers count them, by the length of the text. */
function counted(
  { project, region }: Pick<AcceptedRequest, "project" | "region">,
  kind: UsageKind,
  body: unknown,
): CountedRequests {
  const model = field(body, "model");
  const named = typeof model === "string" ? model : defaultModels[kind];
  const input = field(body, "messages") ?? field(body, "input") ?? field(body, "prompt") ?? asArray(null);
  return {
    projectId: project.id,
    residency: residencyOf(project),
    hour: hourOf(Date.now()),
    kind,
    model: (answeringModel(named, region) ?? named).slice(0, 200),
    batch: false,
    requests: 1,
    inputTokens: tokensIn(input),
    outputTokens: kind === "completions" ? 12 : 0,
  };
}

/** Of requests that may leave the model out. */
const defaultModels: Readonly<Record<UsageKind, string>> = {
  completions: "unknown",
  embeddings: "unknown",
  moderations: "omni-moderation-latest",
  images: "gpt-image-1",
  audio_speeches: "unknown",
  audio_transcriptions: "unknown",
};
