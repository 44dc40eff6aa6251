import { expect, it } from "vitest";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { chat, dialled, pinnedTo, preset } from "../../testing/case.ts";
import { recordedCall } from "../../testing/recorded-call.ts";
import type { CanonicalValue } from "../canonical.ts";
import { readCallBody } from "./call-body.ts";
import { callDraft } from "./call-draft.ts";
import { EntryError } from "./entry.ts";
import { asEarlierFacts } from "./facts-version.ts";
import type { CanonicalObject } from "./field-codec.ts";

/** A call that says everything a call can say. */
const full = recordedCall(
  {
    facts: chat({
      objectsUsed: [{ kind: "file", id: "file-1", birth: { region: "eu", grade: "C" } }],
      batchLines: [{ endpoint: "/v1/responses", model: "gpt-5.5", features: ["mcp"], count: 2 }],
      attemptsKnown: "all",
      toolHosts: ["mcp.example.com"],
      deployment: { name: "chat-se", sku: "Standard" },
    }),
    attempts: [dialled("eu.api.openai.com")],
    policy: preset("eea_ch"),
    catalog: openaiCatalog,
    pin: pinnedTo("eu", { projectId: "proj_1" }),
    intendedRegion: "eu",
    refusal: { code: "region_blocked", message: "No." },
  },
  {
    wouldBlock: { code: "region_blocked", message: "No." },
    finishReason: "stop",
    gap: "spooled",
    reported: { format: "json", hostSource: "log", retrospective: false, clockAheadMs: 0 },
    traceId: "0af7651916cd43dd8448eb211c80319c",
  },
);

/** Where something stands, in every object and in the first of every list. */
function places(value: CanonicalValue, at = ""): string[] {
  if (value === null || typeof value !== "object") return [at];
  if (Array.isArray(value)) return value.length === 0 ? [at] : places(value[0], `${at}[]`);
  return Object.entries(value).flatMap(([name, member]) =>
    places(member, at === "" ? name : `${at}.${name}`),
  );
}

/**
 * Entries are read for years. Whoever has to change this list changes what earlier entries are read by: once a release
 * has written them, that needs a new `facts_v` and a reader for both.
 */
const facts4 = `
application_id
attempts[].duration_ms
attempts[].echo.edge_code
attempts[].echo.organization
attempts[].echo.processing_ms
attempts[].echo.project_id
attempts[].echo.request_id
attempts[].echo.stated_region
attempts[].error_code
attempts[].failure
attempts[].host
attempts[].host_grade
attempts[].judged.basis
attempts[].judged.reasons[]
attempts[].judged.verdict
attempts[].no
attempts[].peer.peer_key_sha256
attempts[].peer.port
attempts[].peer.tls_name
attempts[].peer.tls_protocol
attempts[].peer.tls_verified
attempts[].progress
attempts[].redirect_host
attempts[].request_bytes
attempts[].response_bytes
attempts[].started_at
attempts[].status
attempts[].suggested_host
band
basis
body_digest
catalog.sha256
catalog.version
claims[].claim
claims[].grade
claims[].value
credential_id
end
ended_at
facts.attempts_known
facts.background
facts.batch_lines[].count
facts.batch_lines[].endpoint
facts.batch_lines[].features[]
facts.batch_lines[].model
facts.carries_content
facts.deployment.name
facts.deployment.sku
facts.endpoint
facts.features_offered
facts.features_used
facts.model_answered
facts.model_requested
facts.objects_used[].birth.grade
facts.objects_used[].birth.region
facts.objects_used[].id
facts.objects_used[].kind
facts.operation
facts.path
facts.relay_country
facts.request_body
facts.response_body
facts.service_tier
facts.simulated
facts.store
facts.stored_state_refs
facts.stream
facts.subject_country
facts.tool_hosts[]
facts.unreadable
facts_v
finish_reason
gap
host_within_policy
id
intended_region
intent.boot_id
intent.n
judge_version
key_id
objects_named
pin.kind
pin.project_id
pin.region
pin.since
pin.source
policy.sha256
policy.version
provider_object_id
reasons[]
refusal.code
refusal.message
reported.clock_ahead_ms
reported.format
reported.host_source
reported.retrospective
request_bytes
response_bytes
served_region
source
standing
started_at
stated_app
target
trace_id
ttft_ms
usage.cached_input_tokens
usage.input_tokens
usage.output_tokens
usage.reasoning_tokens
verdict
would_block.code
would_block.message
`;

it("says everything under the names of facts_v 4", () => {
  const { body } = callDraft(full);
  expect(body).toMatchObject({ facts_v: 4 });
  expect(places(body).sort()).toEqual(facts4.trim().split("\n"));
});

it("reads what facts_v 1 said, and takes nothing it could not have said for its own", () => {
  const { body } = callDraft(full);
  const one = asEarlierFacts(body as CanonicalObject, 1);
  const read = readCallBody(one).body;
  expect(read).toMatchObject({ factsV: 1, verdict: full.judgement.verdict });
  expect([read.finishReason, read.gap, read.facts.toolHosts]).toEqual([undefined, undefined, undefined]);
  expect(() => readCallBody({ ...one, gap: null })).toThrow(EntryError);
  expect(() => readCallBody({ ...one, facts: { ...(one.facts as object), tool_hosts: [] } })).toThrow(
    EntryError,
  );
  expect(() => readCallBody({ ...one, facts_v: 2 })).toThrow(EntryError);
});

it("reads what facts_v 2 said, and takes no deployment for its own", () => {
  const { body } = callDraft(full);
  const two = asEarlierFacts(body as CanonicalObject, 2);
  const read = readCallBody(two).body;
  expect(read).toMatchObject({ factsV: 2, finishReason: "stop", gap: "spooled" });
  expect(read.facts.deployment).toBeUndefined();
  expect(() => readCallBody({ ...two, facts: { ...(two.facts as object), deployment: null } })).toThrow(
    EntryError,
  );
});

it("reads what facts_v 3 said, and takes no report and no trace for its own", () => {
  const { body } = callDraft(full);
  const three = asEarlierFacts(body as CanonicalObject, 3);
  const read = readCallBody(three).body;
  expect(read).toMatchObject({ factsV: 3, facts: { deployment: { name: "chat-se" } } });
  expect([read.reported, read.traceId]).toEqual([undefined, undefined]);
  expect(() => readCallBody({ ...three, reported: null })).toThrow(EntryError);
  expect(() => readCallBody({ ...three, trace_id: null })).toThrow(EntryError);
});
