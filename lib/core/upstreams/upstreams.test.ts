import { describe, expect, it } from "vitest";
import { asksDeployment, targetUp } from "./target-up.ts";
import { findDeployment, keyHeaderOf, type Upstream } from "./upstream.ts";

const deployments = [
  { model: "gpt-5-mini", name: "mini-se", sku: "Standard" },
  { model: "gpt-5", name: "big-se", sku: "DataZoneStandard" },
] as const;
const v1: Upstream = { kind: "azure", paths: "v1", apiVersion: null, deployments };
const preview: Upstream = { ...v1, apiVersion: "preview" };
const classic: Upstream = { kind: "azure", paths: "deployments", apiVersion: "2024-10-21", deployments };
const custom: Upstream = { kind: "custom", basePath: "/llm/v1", keyHeader: "api-key" };
const chat = "/v1/chat/completions";

it.each([
  "/v1/deployments/big-se/chat/completions",
  "/v1/%64Eployments/big-se/embeddings",
  "/v1/deployments",
])("the classic API takes no deployment out of the path %s", (path) => {
  expect(targetUp(classic, { path, query: "", model: "gpt-5-mini" })).toBeNull();
  expect(targetUp(v1, { path, query: "", model: "gpt-5-mini" })).toBe(`/openai${path}`);
});

it.each([classic, v1])("a session of Azure goes to no deployment but that of its model", (upstream) => {
  const query = "?model=gpt-5&deployment=x&d%65ployment=y&z=1";
  const target = targetUp(upstream, { path: "/v1/realtime", query, model: "gpt-5" });
  expect(new URL(`wss://h${target}`).searchParams.getAll("deployment")).toEqual(
    upstream === classic ? ["big-se"] : [],
  );
  expect(target).toContain("z=1");
});

describe("path and query at the upstream", () => {
  it.each([
    [
      "OpenAI's own, as they came",
      { kind: "openai" },
      chat,
      "?a=%20b&api-version=1",
      null,
      `${chat}?a=%20b&api-version=1`,
    ],
    ["the v1 API of Azure", v1, chat, "", "mini-se", "/openai/v1/chat/completions"],
    [
      "the v1 API of Azure, any surface",
      v1,
      "/v1/files/file-1/content",
      "?x=1",
      null,
      "/openai/v1/files/file-1/content?x=1",
    ],
    [
      "the v1 API of Azure with a version",
      preview,
      chat,
      "?x=1",
      null,
      "/openai/v1/chat/completions?x=1&api-version=preview",
    ],
    [
      "the classic API: the deployment of the model",
      classic,
      chat,
      "",
      "gpt-5-mini",
      "/openai/deployments/mini-se/chat/completions?api-version=2024-10-21",
    ],
    [
      "the classic API: a deployment that nobody listed",
      classic,
      chat,
      "",
      "other",
      "/openai/deployments/other/chat/completions?api-version=2024-10-21",
    ],
    [
      "the classic API: what belongs to the resource",
      classic,
      "/v1/files",
      "?limit=2",
      null,
      "/openai/files?limit=2&api-version=2024-10-21",
    ],
    [
      "a session of the classic API",
      classic,
      "/v1/realtime",
      "?model=gpt-5&x=1",
      "gpt-5",
      "/openai/realtime?x=1&api-version=2024-10-21&deployment=big-se",
    ],
    ["a custom host", custom, chat, "?x=1", null, "/llm/v1/chat/completions?x=1"],
    ["a custom host without a base path", { ...custom, basePath: "" }, chat, "", null, "/chat/completions"],
  ] as const)("%s", (_what, upstream, path, query, model, expected) => {
    expect(targetUp(upstream as Upstream, { path, query, model })).toBe(expected);
  });

  it.each(["?api-version=2020-01-01", "?API-Version=x", "?api%2Dversion=x&api-version=y", "?%61pi-version"])(
    "takes no version from a request: %s",
    (query) => {
      expect(targetUp(classic, { path: "/v1/files", query, model: null })).toBe(
        "/openai/files?api-version=2024-10-21",
      );
      expect(targetUp(v1, { path: "/v1/files", query, model: null })).toBe("/openai/v1/files");
    },
  );

  it("waits for the model where the path is made of it", () => {
    for (const path of [chat, "/v1/audio/transcriptions", "/v1/images/edits/"])
      expect([v1, classic].map((upstream) => asksDeployment(upstream, path))).toEqual([false, true]);
    for (const path of ["/v1/files", "/v1/audio/voices", "/v1/responses"])
      expect(asksDeployment(classic, path)).toBe(false);
  });

  it.each([null, "..", ".", "../../models", "a/b", "a?b", "a%2fb", "a b", "", "x".repeat(65), "ä"])(
    "makes no path of the model %j",
    (model) => {
      expect(targetUp(classic, { path: chat, query: "", model })).toBeNull();
    },
  );
});

describe("the deployment that a request names", () => {
  it.each([
    ["the one of its model", classic, "gpt-5-mini", { name: "mini-se", sku: "Standard" }],
    ["none: the one that promises least", classic, null, { name: null, sku: "DataZoneStandard" }],
    ["one that nobody listed: nothing is promised", classic, "gpt-9", { name: "gpt-9", sku: null }],
    ["nothing where none are listed", { ...classic, deployments: [] }, "gpt-5", null],
    ["nothing of OpenAI", { kind: "openai" }, "gpt-5", null],
    ["nothing of a custom host", custom, "gpt-5", null],
  ] as const)("%s", (_what, upstream, model, expected) => {
    expect(findDeployment(upstream as Upstream, model)).toEqual(expected);
  });

  const batch = { model: "batch", name: "batch", sku: "DataZoneBatch" } as const;
  const global = { model: "any", name: "any", sku: "GlobalStandard" } as const;
  const able: Upstream = { ...classic, deployments: [...deployments, global, batch] };
  it.each([
    ["one that nobody listed", [{ model: "batch" }, { model: "gpt-9" }], { name: "gpt-9", sku: null }],
    ["listed ones", [{ model: "batch" }], { name: null, sku: "DataZoneBatch" }],
    ["none, or nobody read them", [{ model: null }], { name: null, sku: "DataZoneBatch" }],
  ] as const)("of a batch whose lines name %s", (_what, lines, expected) => {
    expect(findDeployment(able, null, { lines, isBatch: true })).toEqual(expected);
  });

  it("of a batch where none is listed that runs any: nobody said which, so nothing is promised", () => {
    const lines = [{ model: "gpt-5-mini" }];
    expect(findDeployment(classic, null, { lines, isBatch: true })).toEqual({ name: null, sku: null });
    expect(findDeployment(classic, null, { lines })).toEqual({ name: null, sku: "DataZoneStandard" });
  });
});

it("the key goes in the header of its host's API, and in one alone", () => {
  expect(keyHeaderOf(v1, "k")).toEqual({ "api-key": "k" });
  expect(keyHeaderOf(custom, "k")).toEqual({ "api-key": "k" });
  expect(keyHeaderOf({ ...custom, keyHeader: "authorization" } as Upstream, "k")).toEqual({
    authorization: "Bearer k",
  });
  expect(keyHeaderOf({ kind: "openai" }, "k")).toEqual({ authorization: "Bearer k" });
});
