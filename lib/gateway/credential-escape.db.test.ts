import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { takingAll } from "../testing/exact-world.ts";
import {
  createTrapWorld,
  homeOf,
  type Kind,
  type TrapAsk,
  type TrapWorld,
  traps,
} from "../testing/trap-world.ts";

let world: TrapWorld;

beforeAll(async () => {
  world = await createTrapWorld();
});
afterAll(() => world.stop());
afterEach(() => {
  world.answerWith(takingAll);
  world.forget();
});

const kinds = Object.keys(homeOf) as Kind[];

/** Names by which gateways, SDKs and proxies are told another address, or another key. */
const names = [
  "api_base api_base_url apiBase base_url baseURL base_path basePath base endpoint azure_endpoint azureEndpoint",
  "azure_deployment deployment deployment_id api_version apiVersion api_type api_key apiKey key credential",
  "credential_id host hostname domain origin server server_url serverUrl url uri href target target_url",
  "target_region destination dest forward_to upstream proxy http_proxy https_proxy HTTPS_PROXY OPENAI_BASE_URL",
  "OPENAI_API_BASE region residency data_residency webhook callback callback_url redirect redirect_uri location",
  "litellm_params model_list fallbacks router extra_headers extra_query extra_body headers default_headers provider",
  "providers custom_llm_provider organization project config options params metadata client transport __proto__",
  "constructor x-domicile-target-region x-portkey-custom-host custom_host vector_store image_url file_url",
]
  .join(" ")
  .split(" ");

const headerNames = [
  "host x-forwarded-host x-forwarded-server x-forwarded-for x-forwarded-proto forwarded x-host x-original-host",
  "x-original-url x-rewrite-url x-http-host-override x-http-method-override x-proxy-url x-base-url x-api-base",
  "x-upstream x-upstream-url x-target x-target-url x-destination destination location referer origin via",
  "openai-base-url openai-organization openai-project api-key x-api-key ocp-apim-subscription-key cookie",
  "proxy-authorization x-portkey-custom-host x-portkey-provider x-portkey-config helicone-target-url",
  "helicone-openai-api-base x-litellm-api-base x-ms-region x-ms-client-request-id azure-endpoint cf-connecting-ip",
  "x-stainless-base-url user-agent accept x-azure-endpoint",
]
  .join(" ")
  .split(" ");

const addresses = [
  ...traps.flatMap((trap) => [trap, `https://${trap}/v1`, `https://${trap}`, `//${trap}`, `${trap}:443`]),
  "https://eu.api.openai.com@evil.example.com/v1",
  "https://evil.example.com#eu.api.openai.com",
  "http://127.0.0.1/v1",
  "http://169.254.169.254/latest/meta-data",
  "http://[::ffff:169.254.169.254]/",
  "0x7f000001",
  "us",
  "global",
  "../../../evil.example.com",
  "\\\\evil.example.com\\v1",
];

const name = fc.constantFrom(...names);
const address = fc.constantFrom(...addresses);

/** A body in which any member, at any depth, may say where to go. */
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    address,
    fc.dictionary(name, tie("tree"), { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
    fc.array(tie("tree"), { maxLength: 3 }),
  ),
}));

const body = fc
  .record({
    members: fc.dictionary(name, tree, { maxKeys: 8, noNullPrototype: true }),
    model: fc.oneof({ weight: 3, arbitrary: fc.constant("gpt-5.5") }, { weight: 1, arbitrary: address }),
  })
  .map(({ members, model }) => ({
    ...Object.fromEntries(Object.entries(members).filter(([key]) => key !== "__proto__")),
    model,
    messages: [{ role: "user", content: "Where are you?" }],
  }));

const query = fc
  .array(fc.tuple(name, address), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`));

const headers = fc.dictionary(
  fc.constantFrom(...headerNames),
  address.filter((text) => /^[\x21-\x7e]+$/.test(text)),
  { maxKeys: 6, noNullPrototype: true },
);

const surface = fc.constantFrom(
  "/v1/chat/completions",
  "/v1/responses",
  "/v1/embeddings",
  "/v1/batches",
  "/v1/models/evil.example.com",
  "/v1/files",
  "/v1/images/generations",
  "/v1/unheard/of",
  "/v1/@evil.example.com",
  "/v1/https:/evil.example.com",
  "/v1/..%2f..%2fevil.example.com",
);

const asked: fc.Arbitrary<TrapAsk> = fc
  .record({ surface, query, headers, body })
  .map((made) => ({ url: made.surface + made.query, headers: made.headers, body: made.body }));

/** Each key went to its own host, in one header, and nothing reached another. */
function expectAtHome(kind: Kind): void {
  for (const { host, headers: seen } of world.caught()) {
    expect(host).toBe(homeOf[kind]);
    expect(seen.host).toBe(homeOf[kind]);
    const own = world.secrets[kind];
    const bare = kind === "azure" || kind === "classic";
    expect([seen.authorization, seen["api-key"]]).toEqual(
      bare ? [undefined, own] : [`Bearer ${own}`, undefined],
    );
    const rest = Object.entries(seen).filter(([key]) => key !== "authorization" && key !== "api-key");
    expect(JSON.stringify(rest)).not.toContain("sk-sim-");
    expect(JSON.stringify(seen)).not.toContain("dom_");
  }
}

describe.each(kinds)("a stored key of kind %s", (kind) => {
  it("goes to its host and nowhere else, whatever body, query and headers say", async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(asked, async (ask) => {
        world.forget();
        const answer = await world.post(kind, ask);
        expect(answer.text).not.toContain(world.secrets[kind]);
        sent += world.caught().length;
        expectAtHome(kind);
      }),
      { numRuns: 120 },
    );
    // A test in which everything is refused would prove nothing.
    expect(sent).toBeGreaterThan(60);
  });

  it("goes with no request that asks for another region: there is no key for it there", async () => {
    for (const region of ["us", "global", "ae"]) {
      const answer = await world.post(kind, { headers: { "x-domicile-target-region": region } });
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([403, "no_provider_credential"]);
    }
    expect(world.caught()).toEqual([]);
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/iam",
    "https://evil.example.com/v1/chat/completions",
    "//evil.example.com/v1",
    "https://us.api.openai.com/v1/chat/completions",
  ])("does not follow a redirect to %s, and the caller sees nothing of it", async (location) => {
    world.answerWith((request, response) => {
      request.resume();
      request.on("end", () => response.writeHead(307, { location }).end("role: instance-secret-of-metadata"));
    });
    const answer = await world.post(kind, {});
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([502, "upstream_redirect"]);
    expect(answer.text).not.toMatch(/instance-secret|169\.254|evil\.example/);
    expect(world.caught()).toHaveLength(1);
    expectAtHome(kind);
  });
});

it("a key's target is its own: no key of another tenant is at hand", async () => {
  const { azure, tenants } = world;
  for (const kind of kinds)
    for (const other of kinds.filter((each) => each !== kind))
      await world.post(kind, { headers: { "x-tenant": tenants[other].slug, "x-domicile-app": other } });
  expect(world.caught().length).toBe(kinds.length * (kinds.length - 1));
  const hosts = new Set(world.caught().map(({ host }) => host));
  expect([...hosts].sort()).toEqual([...new Set(Object.values(homeOf))].sort());
  expect(azure.world.provider.received.requests()).toEqual([]);
});
