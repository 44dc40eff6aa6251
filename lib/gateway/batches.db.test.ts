import OpenAI, { toFile } from "openai";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changePolicy } from "../testing/change-policy.ts";
import { callsOf, type GatewayCalls, tenantWishes } from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

let world: GatewayWorld;
let calls: GatewayCalls;
let bank: WorldTenant;
let watched: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld();
  calls = callsOf(world);
  bank = await world.addTenant(tenantWishes.bank);
  watched = await world.addTenant({ ...tenantWishes.bank, slug: "watched", enforcement: "observe" });
});
afterAll(() => world.stop());

const listed = "gpt-5.5-2026-04-23";
const line = (model: string, n = 0) =>
  JSON.stringify({
    custom_id: `customer ${n}`,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model, messages: [{ role: "user", content: "secret" }] },
  });
const batchFile = async (lines: readonly string[]) => ({
  file: await toFile(Buffer.from(lines.join("\n")), "b.jsonl"),
  purpose: "batch" as const,
});
const batchOf = (id: string) => ({
  input_file_id: id,
  endpoint: "/v1/chat/completions" as const,
  completion_window: "24h" as const,
});
/** The error that the unmodified client throws. */
async function refused(action: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OpenAI.APIError)) throw new Error(`Not refused: ${String(error)}`);
  return error;
}
const passes = (action: Promise<unknown>): Promise<boolean> =>
  action.then(
    () => true,
    () => false,
  );
const linesOf = (row: object) => (row as { facts: { batchLines?: unknown } }).facts.batchLines;

describe("a batch's file, in block mode", () => {
  it("is read as it passes, and the batch made of it is judged by its lines, also at another gateway", async () => {
    let id = "";
    const sent = await calls.recordOf(bank, async () => {
      id = (await world.openai(bank.key).files.create(await batchFile([line(listed), line(listed)]))).id;
    });
    const groups = [{ endpoint: "/v1/chat/completions", model: listed, features: [], count: 2 }];
    expect(linesOf(sent)).toEqual(groups);
    const other = await world.startGateway();
    const baseUrl = `http://127.0.0.1:${other.port}/v1`;
    const made = await calls.recordOf(bank, () =>
      world.openai(bank.key, { baseUrl }).batches.create(batchOf(id)),
    );
    expect(linesOf(made)).toEqual(groups);
    expect(made).toMatchObject({ verdict: "compliant", band: "in_region" });
    await other.stop();
  });

  it("is refused before anything of it leaves, where a line it begins with is forbidden", async () => {
    const before = calls.requestsSeen();
    const row = await calls.recordOf(bank, async () => {
      const error = await refused(
        world.openai(bank.key).files.create(await batchFile([line(listed), line("gpt-9")])),
      );
      expect(error).toMatchObject({ status: 403, code: "model_not_eligible" });
      expect(error.message).toMatch(/Line 2 of the file: .*Nothing was sent/);
      expect(error.message).not.toMatch(/secret|customer/);
    });
    expect(row).toMatchObject({ verdict: "blocked", refusal: { code: "model_not_eligible" } });
    expect(calls.requestsSeen()).toBe(before);
  });

  it("is cut while it passes, where a later line is forbidden: outside policy, for part of it had left", async () => {
    const many = Array.from({ length: 24_000 }, (_, n) => line(listed, n));
    const row = await calls.recordOf(bank, async () => {
      const error = await refused(
        world.openai(bank.key).files.create(await batchFile([...many, line("gpt-9"), ...many])),
      );
      expect(error).toMatchObject({ status: 403, code: "model_not_eligible" });
      expect(error.message).toMatch(/Line 24001 of the file: .*Part of the request had left/);
    });
    expect(row).toMatchObject({ verdict: "violation", band: "outside", reasons: ["model_not_eligible"] });
    expect(row.attempts[0]?.evidence).toMatchObject({ progress: "partial" });
  });

  it("of which nobody read the lines goes as the policy says of what is unknown", async () => {
    const files = world.openai(bank.key);
    const sent = await calls.recordOf(bank, async () => {
      const { id } = await files.files.create(await batchFile([line(listed), "no json"]));
      expect(id).toMatch(/^file-/);
    });
    expect(linesOf(sent)).toBeUndefined();
  });

  it("is refused for a forbidden line also behind one that nobody can read", async () => {
    const before = calls.requestsSeen();
    const row = await calls.recordOf(bank, async () => {
      const file = await batchFile(["no json", line("gpt-9")]);
      const error = await refused(world.openai(bank.key).files.create(file));
      expect(error).toMatchObject({ status: 403, code: "model_not_eligible" });
      expect(error.message).toMatch(/Line 2 of the file/);
    });
    expect(row).toMatchObject({ verdict: "blocked" });
    expect(calls.requestsSeen()).toBe(before);
  });

  it("that passed before the policy blocked: the batch that names it is refused, and nothing leaves", async () => {
    const tightened = await world.addTenant({
      ...tenantWishes.bank,
      slug: "tightened",
      enforcement: "observe",
    });
    const openai = world.openai(tightened.key);
    let id = "";
    await calls.recordOf(tightened, async () => {
      id = (await openai.files.create(await batchFile([line(listed), line("gpt-9")]))).id;
    });
    await changePolicy(world, tightened, { enforcement: { mode: "block" } });
    const deadline = Date.now() + 60_000;
    while (await passes(openai.batches.create(batchOf(id))))
      if (Date.now() > deadline) throw new Error("The policy was not taken up.");
    const before = calls.requestsSeen();
    const error = await refused(openai.batches.create(batchOf(id)));
    expect(error).toMatchObject({ status: 403, code: "model_not_eligible" });
    expect(error.message).toMatch(/Nothing was sent/);
    expect(calls.requestsSeen()).toBe(before);
  });
});

describe("a batch's file, while the policy observes", () => {
  it("passes with what block mode would have refused it for, and so does the batch", async () => {
    const openai = world.openai(watched.key);
    const [sent, made] = await calls.recordsOf(
      watched,
      async () => {
        const { id } = await openai.files.create(await batchFile([line(listed), line("gpt-9")]));
        await openai.batches.create(batchOf(id));
      },
      2,
    );
    expect(sent).toMatchObject({ verdict: "violation", would_block: { code: "model_not_eligible" } });
    expect(made).toMatchObject({ verdict: "violation", would_block: { code: "model_not_eligible" } });
    expect(made?.reasons).toContain("model_not_eligible");
  });
});

describe("an object that was born elsewhere", () => {
  const born = (id: string) =>
    world.sql(
      bank.id,
      `insert into resource (tenant_id, kind, object_id, born_in, born_host, born_grade, born_at, born_call, first_seen_at, simulated)
       values ($1, 'response', $2, 'global', 'api.openai.com', 'C', now(), $3, now(), true)`,
      [bank.id, id, v7()],
    );

  it("stops the call that names it before it leaves", async () => {
    await born("resp_elsewhere");
    const before = calls.requestsSeen();
    const row = await calls.recordOf(bank, async () => {
      const request = { model: listed, input: "Hi", previous_response_id: "resp_elsewhere" };
      const error = await refused(world.openai(bank.key).responses.create(request));
      expect(error).toMatchObject({ status: 403 });
      expect(error.message).toMatch(/created|born|another region/i);
    });
    expect(row).toMatchObject({ verdict: "blocked" });
    expect(calls.requestsSeen()).toBe(before);
  });

  it("does not stop a call that names what was made here a moment before", async () => {
    const openai = world.openai(bank.key);
    await calls.recordsOf(
      bank,
      async () => {
        const first = await openai.responses.create({ model: listed, input: "Hi" });
        await openai.responses.create({ model: listed, input: "Hi", previous_response_id: first.id });
      },
      2,
    );
  });
});
