import type { Said } from "./call-facts.ts";
import { featuresOfRequest } from "./features-of-request.ts";
import { asToken, field } from "./json-fields.ts";
import { objectsOfRequest } from "./objects-of-request.ts";
import { objectsWithin } from "./objects-within.ts";
import type { Operation } from "./operation.ts";
import type { ObjectRef } from "./provider-object.ts";
import { transcriptionModel } from "./realtime-session.ts";
import { storedStateRefs } from "./stored-state-refs.ts";
import { toolHosts } from "./tool-hosts.ts";
import { toolsOfRequest } from "./tools-of-request.ts";
import { modelCharsMax, tierCharsMax, unreadableFields } from "./unreadable-fields.ts";

export type RequestReading = {
  readonly model: string | null;
  readonly stream: boolean;
  readonly store: Said<boolean>;
  readonly background: Said<boolean>;
  readonly serviceTier: string | null;
  /** Catalog feature ids, and ids the catalog has no row for, sorted. The first hundred: with more, `tools` is unreadable. */
  readonly featuresOffered: readonly string[];
  /** Hosts of MCP servers and ids of connectors that the request names, sorted. */
  readonly toolHosts: readonly string[];
  /** Names of fields whose value is there and could not be read: nothing follows from them. Sorted. */
  readonly unreadable: readonly string[];
  /** Names of fields by which the request uses objects the provider keeps, sorted. */
  readonly storedStateRefs: readonly string[];
  /** Those objects by kind and id, and the ones that the path names. */
  readonly objectsUsed: readonly ObjectRef[];
};

/**
 * Reads the facts of a request body. Trust: `json` is what a client sent; any value is taken, nothing
 * throws, and no text of the request is kept but the names of model, tier and tools and the ids of objects.
 * `path`: the request path without its query; null where nobody knows it.
 */
export function readRequest(operation: Operation, json: unknown, path: string | null = null): RequestReading {
  const serviceTier = asToken(field(json, "service_tier"), tierCharsMax);
  const { objects, whole } = objectsWithin(contentFields.map((name) => field(json, name)));
  const tiers = serviceTier === "scale" ? ["scale_tier"] : [];
  const offered = toolsOfRequest(json, objects);
  const features = featuresOfRequest(operation, json, objects, offered.tools, tiers);
  const named = objectsOfRequest(operation, path, json, objects, offered.tools);
  const unreadable = [
    ...unreadableFields(json, offered),
    ...(features.isWhole() ? [] : ["tools"]),
    ...(whole ? [] : ["input"]),
    ...(named.whole ? [] : ["objects"]),
  ];
  return {
    model: asToken(field(json, "model"), modelCharsMax) ?? sessionModel(json),
    stream: field(json, "stream") === true,
    store: said(field(json, "store")),
    background: said(field(json, "background")),
    serviceTier,
    featuresOffered: features.sorted(),
    toolHosts: toolHosts(offered.tools),
    unreadable: [...new Set(unreadable)].sort(),
    storedStateRefs: storedStateRefs(json, objects, offered.tools),
    objectsUsed: named.objects,
  };
}

/** Where content travels in a request. */
const contentFields = ["messages", "input", "prompt", "images", "mask"] as const;

/** Realtime requests and agents carry their model one level down; one that only writes down what is heard, further down. */
function sessionModel(json: unknown): string | null {
  const session = field(json, "session");
  const named = asToken(field(session, "model") ?? field(field(json, "agent"), "model"), modelCharsMax);
  return named ?? transcriptionModel(session) ?? transcriptionModel(json);
}

/** OpenAI reads an explicit null as "not said". */
function said(value: unknown): Said<boolean> {
  return typeof value === "boolean" ? { said: true, value } : { said: false };
}
