import { usageKinds } from "../../../core/accounts/usage-kind.ts";
import { openaiCatalog } from "../../../core/regions/openai-catalog.ts";
import { answerJson, type Exchange } from "../exchange.ts";
import {
  invalidApiKey,
  missingScopes,
  type OpenaiError,
  rateLimited,
  serverError,
  unknownUrl,
} from "../openai-error.ts";
import type { UsageJournal } from "./usage-journal.ts";
import { usageReply } from "./usage-reply.ts";

/**
 * The admin API below `/v1/organization`, for admin keys `sk-admin-sim-<anything>`: projects with their residency, data
 * retention, and usage. Which projects there are follows from the keys that were used. Some keys misbehave:
 *
 * | key begins with | is answered |
 * |---|---|
 * | `sk-admin-sim-forbidden-` | 403, as a key without the rights |
 * | `sk-admin-sim-limited-` | 429 |
 * | `sk-admin-sim-failing-` | 500 |
 * | `sk-admin-sim-garbage-` | 200 whose body is no JSON |
 */
export function answerOrganization(exchange: Exchange, key: string | null, journal: UsageJournal): void {
  if (key?.startsWith("sk-admin-sim-garbage-")) {
    exchange.response.writeHead(200, { "content-type": "application/json" }).end('{"object": ');
    return;
  }
  const { status, body } = replyTo(exchange, key, journal);
  answerJson(exchange, status, body);
}

export type Reply = { readonly status: number; readonly body: unknown };

function replyTo(exchange: Exchange, key: string | null, journal: UsageJournal): Reply {
  const { method, path, host, url } = exchange;
  if (!/^sk-admin-sim-[A-Za-z0-9_-]+$/.test(key ?? ""))
    return exchange.project === null ? invalidApiKey(key) : missingScopes("api.management.read");
  if (host.region !== "global" || host.resource || method !== "GET") return unknownUrl(method, path);
  const fault = faults.find(([word]) => key?.startsWith(`sk-admin-sim-${word}-`));
  if (fault) return fault[1];
  return adminReply(url, journal);
}

const faults: readonly (readonly [word: string, error: OpenaiError])[] = [
  ["forbidden", missingScopes("api.management.read")],
  ["limited", rateLimited("admin", "org-sim")],
  ["failing", serverError(500)],
];

type Counted = Pick<UsageJournal, "read">;

/** What a good admin key is answered to a `GET`. `url`: path and search. */
export function adminReply(url: string, journal: Counted): Reply {
  const [path = "", search = ""] = url.split("?");
  const words = path.slice("/v1/organization/".length).split("/");
  return replyIn(words, new URLSearchParams(search), journal) ?? unknownUrl("GET", path);
}

/** null: the admin API has no such path, as far as it is simulated. */
function replyIn(words: readonly string[], query: URLSearchParams, journal: Counted): Reply | null {
  const [noun = "", id, verb, more] = words;
  if (more !== undefined) return null;
  if (noun === "data_retention" && id === undefined)
    return found({ object: "organization.data_retention", type: "modified_abuse_monitoring" });
  const kind = usageKinds.find((each) => each === id);
  if (noun === "usage" && kind && verb === undefined) return usageReply(kind, query, journal.read());
  if (noun !== "projects") return null;
  const projects = projectsOf(journal);
  if (id === undefined) return found(listOf(projects, query));
  const project = projects.find((each) => each.id === id);
  if (!project) return noProject(id);
  if (verb === undefined) return found(shown(project));
  return verb === "data_retention"
    ? found({ object: "project.data_retention", type: retentionOf(project) })
    : null;
}

const found = (body: unknown): Reply => ({ status: 200, body });

type KnownProject = { readonly id: string; readonly residency: string; readonly since: number };

/** Those whose keys were used, the first one first. */
function projectsOf(journal: Counted): readonly KnownProject[] {
  const known = new Map<string, KnownProject>();
  for (const { projectId, residency, hour } of journal.read()) {
    const since = Math.min(hour, known.get(projectId)?.since ?? hour);
    known.set(projectId, { id: projectId, residency, since });
  }
  return [...known.values()].toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
}

function shown(project: KnownProject) {
  return {
    id: project.id,
    object: "organization.project",
    name: `Simulated, ${project.residency}`,
    created_at: project.since,
    archived_at: null,
    external_key_id: null,
    status: "active",
    residency: residencyOf(project),
  };
}

/** In the words of the admin API. A region in which OpenAI lists storage alone has no other projects. */
function residencyOf({ residency }: KnownProject): string {
  const code = residency.replace(/storage$/, "");
  const words = openaiCatalog.regions.find((row) => row.code === code)?.projectResidencies ?? [];
  const wanted = `${code.toUpperCase()}_STORAGE${code === residency ? "_PROCESSING" : ""}`;
  if (words.length === 0) return "GLOBAL";
  return words.includes(wanted) || code !== residency ? wanted : (words[0] ?? wanted);
}

/** Regions outside the US take no project without such a control (OpenAI, data residency, read 2026-11-13). */
function retentionOf(project: KnownProject): string {
  const residency = residencyOf(project);
  if (residency === "GLOBAL") return "organization_default";
  return residency.endsWith("_PROCESSING") ? "zero_data_retention" : "modified_abuse_monitoring";
}

function listOf(projects: readonly KnownProject[], query: URLSearchParams) {
  const after = query.get("after");
  const start = after === null ? 0 : projects.findIndex(({ id }) => id === after) + 1;
  const limit = Math.min(Math.max(Number(query.get("limit") ?? 20) || 20, 1), 100);
  const data = projects.slice(start, start + limit).map(shown);
  return {
    object: "list",
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < projects.length,
  };
}

function noProject(id: string): OpenaiError {
  return {
    status: 404,
    body: {
      error: {
        message: `No project found with id '${id.slice(0, 100)}'.`,
        type: "invalid_request_error",
        param: null,
        code: "project_not_found",
      },
    },
  };
}
