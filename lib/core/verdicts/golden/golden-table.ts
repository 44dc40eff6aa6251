import { azure } from "./azure.ts";
import { batches } from "./batches.ts";
import { calls } from "./calls.ts";
import { endpoints } from "./endpoints.ts";
import { evidence } from "./evidence.ts";
import { features } from "./features.ts";
import { hosts } from "./hosts.ts";
import { models } from "./models.ts";
import { neverLeft } from "./never-left.ts";
import { pins } from "./pins.ts";
import { resources } from "./resources.ts";
import type { GoldenCase } from "./situation.ts";
import { tenants } from "./tenants.ts";

/**
 * What `judge` has to answer, by theme. Written from the domain page and from what the providers document,
 * not from the code: where the two differ, the page decides which of them is wrong.
 */
export const goldenTable: Readonly<Record<string, readonly GoldenCase[]>> = {
  "what a host is": hosts,
  "what never left": neverLeft,
  "how well it is known": evidence,
  "what the project is pinned to": pins,
  endpoints,
  "models and tiers": models,
  "tools and features": features,
  "stored objects": resources,
  tenants,
  "Azure deployments": azure,
  batches,
  "calls of several attempts": calls,
};
