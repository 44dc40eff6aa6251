import type { IncomingHttpHeaders } from "node:http";
import { asObject } from "../../../core/calls/json-fields.ts";
import type { AskedBody } from "../answer.ts";
import { answerError, type Exchange } from "../exchange.ts";
import type { OpenaiError } from "../openai-error.ts";
import type { SimulatedProject } from "../project.ts";
import type { SimulatedHost } from "../simulated-hosts.ts";
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
  const found = findDeployment(resource, named);
  if (found === null) return refused(exchange, noDeployment);
  return { exchange: at(exchange, resource, said.path, found), body: withModel(body, json, found.model) };
}

/** A realtime session at a resource, as OpenAI would be asked for it; or what Azure refuses it with. */
export function sessionAsOpenai(
  resource: SimulatedResource,
  headers: IncomingHttpHeaders,
  url: URL,
  host: SimulatedHost,
): { readonly url: URL; readonly host: SimulatedHost; readonly project: SimulatedProject } | OpenaiError {
  if (!isKeyOf(resource, headers["api-key"])) return wrongKey;
  const said = readPath(url.pathname, url.searchParams.get("api-version"));
  if (said?.path !== "/v1/realtime") return noResource;
  const classic = !url.pathname.startsWith("/openai/v1/");
  const found = findDeployment(resource, url.searchParams.get(classic ? "deployment" : "model") ?? "");
  if (found === null) return noDeployment;
  const put = new URL(`https://${host.host}${said.path}?model=${found.model}`);
  return { url: put, host: { ...host, echo: echoOf(resource, found) }, project: projectOf(resource) };
}

/** What makes the simulation misbehave is a deployment of every resource. */
function findDeployment(resource: SimulatedResource, name: string): SimulatedDeployment | null {
  const own = Object.hasOwn(resource.deployments, name) ? resource.deployments[name] : undefined;
  return own ?? (name.startsWith("sim-") ? { model: name, sku: "Standard" } : null);
}

function echoOf(resource: SimulatedResource, deployment: SimulatedDeployment | null): string | null {
  return deployment?.echo === undefined ? resource.azureRegion : deployment.echo;
}

/** The one key of a resource, as far as the simulation tells keys apart. */
function isKeyOf({ name }: SimulatedResource, key: string | string[] | undefined): boolean {
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
  const echo = echoOf(resource, deployment);
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

function refused(exchange: Exchange, error: OpenaiError): null {
  answerError(exchange, error);
  return null;
}
