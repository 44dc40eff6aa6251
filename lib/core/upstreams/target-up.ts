import type { Upstream } from "./upstream.ts";

/** A request as it came to the gateway, as far as it says where at the host it goes. */
export type Asked = {
  /** `/v1/…`, without query. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly model: string | null;
};

/**
 * Path and query at the upstream; null where its classic paths need a deployment and the request names none that can
 * stand in a path, or names one in its own path, where nobody judged it. Nothing of a query is written anew but
 * `api-version` and, for a session, `model` and `deployment`.
 *
 * trust: path, query and model are a stranger's. They can say which deployment, and never which host or version.
 */
export function targetUp(upstream: Upstream, asked: Asked): string | null {
  const rest = asked.path.slice("/v1".length);
  switch (upstream.kind) {
    case "openai":
      return asked.path + asked.query;
    case "custom":
      return upstream.basePath + rest + asked.query;
    case "azure": {
      const surface = rest.replace(/\/$/, "");
      const isSession = surface === "/realtime";
      const versioned = withVersion(asked.query, upstream.apiVersion);
      const query = isSession ? without(versioned, "deployment") : versioned;
      if (upstream.paths === "v1") return `/openai/v1${rest}${query}`;
      if (namesDeployments(rest)) return null;
      const needed = deploymentPaths.has(surface);
      if (!needed && !isSession) return `/openai${rest}${query}`;
      const name = asked.model === null ? null : deploymentName(upstream.deployments, asked.model);
      if (name === null) return null;
      if (needed) return `/openai/deployments/${name}${rest}${query}`;
      return `/openai${rest}${withParameter(without(query, "model"), "deployment", name)}`;
    }
  }
}

/** True where the path at the upstream is made of the request's `model`, so that nothing can leave before it is known. */
export function asksDeployment(upstream: Upstream, path: string): boolean {
  const surface = path.slice("/v1".length).replace(/\/$/, "");
  return upstream.kind === "azure" && upstream.paths === "deployments" && deploymentPaths.has(surface);
}

/** Surfaces that stand below a deployment in the classic API (Azure OpenAI REST reference 2024-10-21, read 2026-11). */
const deploymentPaths: ReadonlySet<string> = new Set([
  "/chat/completions",
  "/completions",
  "/embeddings",
  "/images/generations",
  "/images/edits",
  "/audio/speech",
  "/audio/transcriptions",
  "/audio/translations",
]);

/** trust: on the classic paths a deployment is what the gateway writes, and whatever the request's own path calls so is another. */
function namesDeployments(rest: string): boolean {
  return rest.split("/").some((part) => nameOf(part) === "deployments");
}

/** trust: a name out of a request becomes one segment of the path, or none. */
function deploymentName(
  deployments: readonly { readonly model: string; readonly name: string }[],
  model: string,
): string | null {
  const name = deployments.find((each) => each.model === model)?.name ?? model;
  return isDeploymentName(name) ? name : null;
}

/** Letters, digits, `-`, `_` and `.`, up to 64, and not dots alone (Azure's rule for names of deployments). */
export function isDeploymentName(text: string): boolean {
  return /^[A-Za-z0-9_.-]{1,64}$/.test(text) && !/^\.+$/.test(text);
}

/** The credential's version, whatever the request says. */
function withVersion(query: string, apiVersion: string | null): string {
  const bare = without(query, "api-version");
  return apiVersion === null ? bare : withParameter(bare, "api-version", apiVersion);
}

function withParameter(query: string, name: string, value: string): string {
  return `${query === "" || query === "?" ? "?" : `${query}&`}${name}=${encodeURIComponent(value)}`;
}

/** The query without a parameter, however its name is written; the rest as it stands. */
function without(query: string, name: string): string {
  if (query === "") return query;
  const kept = query
    .slice(1)
    .split("&")
    .filter((pair) => nameOf(pair) !== name);
  return kept.length === 0 ? "" : `?${kept.join("&")}`;
}

function nameOf(pair: string): string {
  const [raw = ""] = pair.split("=");
  try {
    return decodeURIComponent(raw.replaceAll("+", " ")).trim().toLowerCase();
  } catch {
    return raw.toLowerCase();
  }
}
