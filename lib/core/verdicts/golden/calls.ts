import type { GoldenCase } from "./situation.ts";

const never = { progress: "not_sent", status: null, peer: false } as const;
const stopped = { host: "global", progress: "refused", status: null, peer: false } as const;

/** Calls of several attempts: the worst counts, with the reasons of those that share it. */
// biome-ignore format: one line per case
export const calls: readonly GoldenCase[] = [
  ["a failure of the network and then Europe", { ...never, pin: "eu", next: [{}] }, "within in_region"],
  ["Europe, and a retry at the global host", { status: 503, pin: "eu", next: [{ host: "global" }] }, "outside observed host_out_of_region"],
  ["a leak first and Europe after it: not taken back", { host: "global", pin: "eu", next: [{}] }, "outside observed host_out_of_region"],
  ["Europe, and a retry at a lookalike", { pin: "eu", next: [{ host: "api.openai.eu" }] }, "outside observed host_lookalike"],
  ["two leaks of different kinds", { host: "global", pin: "eu", next: [{ host: "api.openai.eu" }] }, "outside observed host_lookalike host_out_of_region"],
  ["a leak that was observed and one that a log reports", { host: "global", next: [{ host: "us", grade: "D" }] }, "outside observed host_out_of_region"],
  ["Europe, and an attempt without an end", { pin: "eu", next: [{ progress: "unknown", status: null }] }, "unverifiable content_path_not_observed"],
  ["Europe twice, once by a log", { pin: "eu", next: [{ grade: "D" }] }, "unverifiable evidence_too_weak"],
  ["Europe, and a retry that was stopped", { pin: "eu", next: [stopped] }, "stopped blocked_by_policy"],
  ["a failure of the network, and then stopped", { ...never, next: [stopped] }, "stopped blocked_by_policy"],
  ["a failure of the network twice", { ...never, next: [never] }, "none never_sent"],
  ["Europe twice", { status: 500, pin: "eu", next: [{}] }, "within in_region"],
  ["Europe under an unknown pin and a leak: the cause stands all the same", { next: [{ host: "global" }] }, "outside observed host_out_of_region +project_not_pinned"],
  ["the right host says the project is not set up, and a retry follows the host in the message", { status: 401, code: "incorrect_hostname", pin: "us", next: [{ host: "us" }] }, "outside observed host_out_of_region +project_not_set_up"],
  ["a client that went away, on Europe's host", { answer: "unread", pin: "eu", end: "client_abort" }, "within in_region"],
  ["a client that went away, on the global host", { host: "global", answer: "unread", end: "client_abort" }, "outside observed host_out_of_region"],
  ["a stream that was cut, of an alias", { asked: "gpt-4o", answered: null, answer: "unread", pin: "eu", end: "upstream_failed" }, "unverifiable content_path_not_observed"],
  ["the sweeper's record of a call that was about to leave for Europe", { progress: "unknown", status: null, peer: false, request: "unread", answer: "unread", answered: null, pin: "eu", end: "unknown" }, "unverifiable content_path_not_observed evidence_too_weak"],
  ["the sweeper's record of one that was about to leave for the United States", { host: "us", progress: "unknown", status: null, peer: false, request: "unread", answer: "unread", answered: null, end: "unknown" }, "outside reported host_out_of_region"],
  ["several things the catalog denies are all named", { op: "conversations", used: ["realtime_tracing"], pin: "eu" }, "outside observed endpoint_not_eligible feature_out_of_region"],
  ["several doubts are all named", { op: "responses", used: ["mcp"], refs: ["file_id"], grade: "D" }, "unverifiable third_party_tool pin_unknown resource_birth_unknown evidence_too_weak +project_not_pinned"],
  ["what is denied is named, doubts beside it are not", { op: "conversations", pin: "us" }, "outside observed endpoint_not_eligible"],
  ["an import tells two attempts, one of them at the global host", { grade: "D", source: "litellm", next: [{ host: "global", grade: "D" }] }, "outside reported host_out_of_region +project_not_pinned"],
];
