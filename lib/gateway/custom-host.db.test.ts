import type OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { customHost, type UpstreamTenant } from "../testing/azure-world.ts";
import { hashing, sha256 } from "../testing/exact-world.ts";
import { createTrapWorld, type TrapWorld } from "../testing/trap-world.ts";

const admitted = {
  customHosts: [customHost],
  customHostReasons: { [customHost]: "The bank's own gateway in Frankfurt." },
};
const upstream = { kind: "custom", basePath: "", keyHeader: "api-key" } as const;
const messages = [{ role: "user" as const, content: "Where are you?" }];

let world: TrapWorld;
let bank: UpstreamTenant;
let open: UpstreamTenant;

beforeAll(async () => {
  world = await createTrapWorld();
  const add = (slug: string, preset: "eea_ch" | "no_location_requirement") =>
    world.azure.addTenant({
      slug,
      preset,
      host: customHost,
      secret: "sk-sim-custom-bank1",
      upstream,
      change: admitted,
    });
  bank = await add("bank", "eea_ch");
  open = await add("open", "no_location_requirement");
});
beforeEach(() => world.forget());
afterAll(() => world.stop());

const chat = JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "house-model",
  choices: [{ index: 0, message: { role: "assistant", content: "Here." }, finish_reason: "stop" }],
  usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 },
});

it("a call reaches an admitted host at its base path, with its key in its header, and is recorded", async () => {
  world.answerWith((request, response) => {
    request.resume();
    request.on("end", () => response.setHeader("content-type", "application/json").end(chat));
  });
  const openai = world.azure.world.openai(open.key);
  const answer = await openai.chat.completions.create({ model: "house-model", messages });
  expect(answer.choices[0]?.message.content).toBe("Here.");
  expect(world.caught()).toMatchObject([
    { host: customHost, url: "/chat/completions", headers: { "api-key": "sk-sim-custom-bank1" } },
  ]);
  expect(world.caught()[0]?.headers.authorization).toBeUndefined();
  const [row] = await world.azure.world.recorded(open.id, 1);
  expect(row).toMatchObject({
    verdict: "compliant",
    host: customHost,
    model_answered: "house-model",
    input_tokens: 4,
    served_region: null,
  });
});

it("where it sends on is not observed: not verifiable where a place is asked for", async () => {
  world.answerWith((request, response) => {
    request.resume();
    request.on("end", () => response.setHeader("content-type", "application/json").end(chat));
  });
  await world.azure.world.openai(bank.key).chat.completions.create({ model: "house-model", messages });
  const [row] = (await world.azure.world.recorded(bank.id, 1)) as unknown as {
    verdict: string;
    claims: { claim: string; value: unknown; grade: string | null }[];
  }[];
  expect(row?.verdict).toBe("unverifiable");
  expect(row?.claims.find(({ claim }) => claim === "inference")).toMatchObject({
    value: "undetermined",
    grade: null,
  });
});

it("bytes reach it as they came", async () => {
  world.answerWith(hashing);
  const body = `{ "model" :"x",\t"n":1.00, "s":"\\u00e9" }\n`;
  const answer = await fetch(`${world.azure.world.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${open.key}`, "content-type": "application/json" },
    body,
  });
  expect(await answer.text()).toBe(sha256(Buffer.from(body)));
});

it("a policy that no longer admits the host ends it: nothing is sent, whatever key is stored", async () => {
  const gone = await world.azure.addTenant({
    slug: "gone",
    host: customHost,
    secret: "sk-sim-custom-gone1",
    upstream,
    preset: "no_location_requirement",
    change: admitted,
  });
  await world.azure.putPolicy(gone.id, { preset: "no_location_requirement", version: 3, change: {} });
  const openai = world.azure.world.openai(gone.key);
  await expect(openai.chat.completions.create({ model: "house-model", messages })).rejects.toMatchObject({
    status: 403,
    code: "unknown_target",
  } satisfies Partial<InstanceType<typeof OpenAI.APIError>>);
  expect(world.caught()).toEqual([]);
});
