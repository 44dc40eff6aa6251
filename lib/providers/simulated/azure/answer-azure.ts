import { asObject } from "../../../core/calls/json-fields.ts";
import type { AskedBody } from "../answer.ts";
import { answerError, type Exchange } from "../exchange.ts";
import type { SimulatedProject } from "../project.ts";
import { noDeployment, noResource, wrongKey } from "./azure-error.ts";
import type { SimulatedDeployment, SimulatedResource } from "./resources.ts";

type Put = { readonly exchange: Exchange; readonly body: AskedBody };

/**
 * A request to an Azure resource as OpenAI's own API would be asked for the same, with the model of the deployment; null
 * where Azure refused it, which is answered then. Both styles of paths: `/openai/v1/…` and, with an `api-version`,
 * `/openai/…` and `/openai/deployments/{name}/…`.
 */
export function asOpenai(resource: SimulatedResource, exchange: Exchange, body: AskedBody): Put | null {
  if (!isKeyOf(resource, exchange.request.headers["api-key"])) return refused(exchange, wrongKey);
  const query = new URLSearchParams(exchange.url.slice(exchange.path.length + 1));
  const said = readPath(exchange.path, query.get("api-version"));
  if (said === null) return refused(exchange, noResource);
  const json = body.form ? body.form.fields : readJson(body.bytes);
  const named = said.deployment ?? (typeof json?.model === "string" ? json.model : null);
  if (named === null) return { exchange: at(exchange, resource, said.path, null), body };
  const deployment = Object.hasOwn(resource.deployments, named) ? resource.deployments[named] : undefined;
  // What makes the simulation misbehave is a deployment of every resource.
  const found = deployment ?? (named.startsWith("sim-") ? { model: named, sku: "Standard" as const } : null);
  if (found === null) return refused(exchange, noDeployment);
  return { exchange: at(exchange, resource, said.path, found), body: withModel(body, json, found.model) };
}

/** The one key of a resource, as far as the simulation tells keys apart. */
export function isKeyOf({ name }: SimulatedResource, key: string | string[] | undefined): boolean {
  return typeof key === "string" && new RegExp(`^sk-sim-azure-${name}-[A-Za-z0-9_-]+$`).test(key);
}

type Said = { readonly path: string; readonly deployment: string | null };

function readPath(path: string, apiVersion: string | null): Said | null {
  if (path.startsWith("/openai/v1/"))
    return apiVersion === null || /^(preview|latest)$/.test(apiVersion)
      ? { path: path.slice("/openai".length), deployment: null }
      : null;
  if (apiVersion === null || !/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(apiVersion)) return null;
  const [, deployment, rest] = /^\/openai\/deployments\/([^/]+)(\/.+)$/.exec(path) ?? [];
  if (deployment !== undefined) return { path: `/v1${rest}`, deployment };
  return path.startsWith("/openai/")
    ? { path: `/v1${path.slice("/openai".length)}`, deployment: null }
    : null;
}

/** The exchange at OpenAI's path, whose answers are headed as Azure's. */
function at(
  exchange: Exchange,
  resource: SimulatedResource,
  path: string,
  deployment: SimulatedDeployment | null,
): Exchange {
  const echo = deployment?.echo === undefined ? resource.azureRegion : deployment.echo;
  const url = path + exchange.url.slice(exchange.path.length);
  return { ...exchange, path, url, project: projectOf(resource), host: { ...exchange.host, echo } };
}

/** What a resource keeps is its own. */
function projectOf({ name }: SimulatedResource): SimulatedProject {
  return { id: `azure-${name}`, organization: "azure", residency: "per_request", region: null };
}

function withModel(body: AskedBody, json: ReturnType<typeof readJson>, model: string): AskedBody {
  if (json === null) return body;
  if (body.form) return { ...body, form: { ...body.form, fields: { ...body.form.fields, model } } };
  return { ...body, bytes: Buffer.from(JSON.stringify({ ...json, model })) };
}

function readJson(bytes: Buffer) {
  try {
    return asObject(JSON.parse(bytes.toString("utf8")));
  } catch {
    return null;
  }
}

function refused(exchange: Exchange, error: Parameters<typeof answerError>[1]): null {
  answerError(exchange, error);
  return null;
}
