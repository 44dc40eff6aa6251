import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { digestText } from "./digest.ts";
import { hostToConfigure, type SimulatedHost } from "./simulated-hosts.ts";

/**
 * The project behind a simulated key `sk-sim-<residency>-<anything>`:
 *
 * - a region code (`eu`, `us`, `ae`, …): pinned to that region for storage and processing
 * - a region code with `storage` (`eustorage`, `castorage`): pinned to that region for storage only
 * - `global`: residency per request; every official host answers
 * - `globalonly`: no residency; regional hosts refuse it
 */
export type SimulatedProject = {
  readonly id: string;
  readonly organization: string;
  readonly residency: "processing" | "storage_only" | "per_request" | "none";
  /** null for global projects. */
  readonly region: string | null;
};

/** The project a key opens, or null when OpenAI would not know the key. */
export function findProject(key: string): SimulatedProject | null {
  const residency = /^sk-sim-([a-z]+)-[A-Za-z0-9_-]+$/.exec(key)?.[1];
  if (residency === undefined) return null;
  const id = `proj_sim${digestText(20, "project", key)}`;
  const organization = `org-sim-${residency}`;
  if (residency === "global") return { id, organization, residency: "per_request", region: null };
  if (residency === "globalonly") return { id, organization, residency: "none", region: null };
  const region = residency.replace(/storage$/, "");
  if (!openaiCatalog.regions.some(({ code }) => code === region)) return null;
  return { id, organization, residency: region === residency ? "processing" : "storage_only", region };
}

/**
 * The host the project has to use instead, or null when this one serves it. The lookalike is not OpenAI
 * and refuses nobody.
 */
export function hostDemanded(project: SimulatedProject, host: SimulatedHost): string | null {
  if (host.region === null || project.residency === "per_request") return null;
  const wanted = project.region ?? "global";
  return host.region === wanted ? null : hostToConfigure(wanted);
}
