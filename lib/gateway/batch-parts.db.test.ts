import type OpenAI from "openai";
import { toFile } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changePolicy } from "../testing/change-policy.ts";
import { callsOf, type GatewayCalls, refusedByClient, tenantWishes } from "../testing/gateway-calls.ts";
import {
  createGatewayWorld,
  type GatewayWorld,
  type RecordedRow,
  type WorldTenant,
} from "../testing/gateway-world.ts";

let world: GatewayWorld;
let calls: GatewayCalls;
let bank: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld();
  calls = callsOf(world);
  bank = await world.addTenant(tenantWishes.bank);
});
afterAll(() => world.stop());

const listed = "gpt-5.5-2026-04-23";
const line = (model: string, n = 0) =>
  `${JSON.stringify({
    custom_id: `customer ${n}`,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model, messages: [{ role: "user", content: "secret" }] },
  })}\n`;
const groups = (count: number) => [{ endpoint: "/v1/chat/completions", model: listed, features: [], count }];
const notRead = (count: number) => ({ endpoint: null, model: null, features: [], count });
const data = (text: string) => toFile(Buffer.from(text), "part");
const begin = (openai: OpenAI, text: string, purpose: "batch" | "user_data" = "batch") =>
  openai.uploads.create({
    bytes: Buffer.byteLength(text),
    filename: "b.jsonl",
    mime_type: "application/jsonl",
    purpose,
  });
const batchOf = (id: string) => ({
  input_file_id: id,
  endpoint: "/v1/chat/completions" as const,
  completion_window: "24h" as const,
});
type Row = RecordedRow & { operation: string; facts: { batchLines?: unknown } };
const linesOf = (row: Row | undefined) => row?.facts.batchLines;
const of = (rows: readonly RecordedRow[], operation: string) =>
  (rows as Row[]).filter((row) => row.operation === operation);
const partsIn = (rows: readonly RecordedRow[]) => of(rows, "uploads.parts.create");

/** Uploads a text cut in pieces, all at once, and tells its parts' order at the end. */
async function uploadInPieces(openai: OpenAI, pieces: readonly string[]): Promise<string> {
  const upload = await begin(openai, pieces.join(""));
  const parts = await Promise.all(
    pieces
      .map(async (piece, at) => ({
        at,
        ...(await openai.uploads.parts.create(upload.id, { data: await data(piece) })),
      }))
      .reverse(),
  );
  const inOrder = parts.sort((a, b) => a.at - b.at).map(({ id }) => id);
  const done = await openai.uploads.complete(upload.id, { part_ids: inOrder });
  return done.file?.id ?? "";
}

describe("a batch's file that comes in parts, in block mode", () => {
  it("is read for the lines that stand whole in a part; a cut line, and so the batch, stays unknown", async () => {
    const text = [0, 1, 2, 3, 4].map((n) => line(listed, n)).join("");
    const at = Math.floor(text.length / 2);
    let batch = "";
    const rows = await calls.recordsOf(
      bank,
      async () => {
        const openai = world.openai(bank.key);
        const file = await uploadInPieces(openai, [text.slice(0, at), text.slice(at)]);
        batch = (await openai.batches.create(batchOf(file))).id;
      },
      5,
    );
    expect(batch).toMatch(/^batch_/);
    expect(partsIn(rows).map(linesOf)).toEqual([
      [...groups(2), notRead(1)],
      [...groups(2), notRead(1)],
    ]);
    const made = of(rows, "batches.create")[0];
    expect(linesOf(made)).toBeUndefined();
    expect(made).toMatchObject({ verdict: "unverifiable" });
    expect(JSON.stringify(rows)).not.toMatch(/secret|customer|b\.jsonl/);
  });

  it("a part with a forbidden line is refused before anything of it leaves, also at another gateway", async () => {
    const openai = world.openai(bank.key);
    const other = await world.startGateway();
    const rows = await calls.recordsOf(
      bank,
      async () => {
        const { id } = await begin(openai, "x");
        const before = calls.requestsSeen();
        for (const at of [openai, world.openai(bank.key, { baseUrl: `http://127.0.0.1:${other.port}/v1` })]) {
          const part = { data: await data(`cut off}}\n${line("gpt-9")}{"custom`) };
          const error = await at.uploads.parts.create(id, part).catch((thrown: unknown) => thrown);
          expect(error).toMatchObject({ status: 403, code: "model_not_eligible" });
          expect((error as Error).message).toMatch(/Line 2 of the part: .*Nothing was sent/);
          expect((error as Error).message).not.toMatch(/secret|customer/);
        }
        expect(calls.requestsSeen()).toBe(before);
      },
      3,
    );
    expect(partsIn(rows)).toMatchObject([{ verdict: "blocked" }, { verdict: "blocked" }]);
    await other.stop();
  });

  it("a part is cut while it passes, where a later line is forbidden: outside policy", async () => {
    const many = Array.from({ length: 24_000 }, (_, n) => line(listed, n)).join("");
    const openai = world.openai(bank.key);
    const rows = await calls.recordsOf(
      bank,
      async () => {
        const { id } = await begin(openai, "x");
        const part = { data: await data(`${many}${line("gpt-9")}${many}`) };
        const error = await openai.uploads.parts.create(id, part).catch((thrown: unknown) => thrown);
        expect((error as Error).message).toMatch(/Line 24001 of the part: .*Part of the request had left/);
      },
      2,
    );
    const [part] = partsIn(rows);
    expect(part).toMatchObject({ verdict: "violation", band: "outside" });
    expect(part?.reasons).toContain("model_not_eligible");
    expect(part?.attempts[0]?.evidence).toMatchObject({ progress: "partial" });
  });

  it("a line that is cut between two parts is held against neither", async () => {
    const text = line("gpt-9");
    const rows = await calls.recordsOf(
      bank,
      () => uploadInPieces(world.openai(bank.key), [`${line(listed)}${text.slice(0, 60)}`, text.slice(60)]),
      4,
    );
    const lines = partsIn(rows).map(linesOf);
    expect(lines).toContainEqual([...groups(1), notRead(1)]);
    expect(lines).toContainEqual(undefined);
  });

  it("parts of an upload for something else are not read, whatever stands in them", async () => {
    const rows = await calls.recordsOf(
      bank,
      async () => {
        const openai = world.openai(bank.key);
        const { id } = await begin(openai, line("gpt-9"), "user_data");
        await openai.uploads.parts.create(id, { data: await data(line("gpt-9")) });
      },
      2,
    );
    expect(partsIn(rows).map(linesOf)).toEqual([undefined]);
  });

  it("parts of an upload that was begun past Domicile are read", async () => {
    const openai = world.openai(bank.key);
    await calls.recordsOf(
      bank,
      async () => {
        const add = async (model: string) =>
          refusedByClient(async () =>
            openai.uploads.parts.create("upload_elsewhere", { data: await data(line(model)) }),
          );
        expect(await add("gpt-9")).toMatchObject({ status: 403, code: "model_not_eligible" });
        expect(await add(listed)).toMatchObject({ status: 404 });
      },
      2,
    );
  });

  it("where the policy comes to refuse the unknown, so are the batch of such a file and a new upload", async () => {
    const strict = await world.addTenant({ ...tenantWishes.bank, slug: "strict" });
    const openai = world.openai(strict.key);
    let file = "";
    await calls.recordsOf(
      strict,
      async () => {
        file = await uploadInPieces(openai, [line(listed), line(listed)]);
      },
      4,
    );
    await changePolicy(world, strict, { onUnknown: "refuse" });
    const deadline = Date.now() + 60_000;
    const passes = () =>
      openai.batches.create(batchOf(file)).then(
        () => true,
        () => false,
      );
    while (await passes()) if (Date.now() > deadline) throw new Error("The policy was not taken up.");
    const before = calls.requestsSeen();
    expect(await refusedByClient(() => openai.batches.create(batchOf(file)))).toMatchObject({ status: 403 });
    expect(await refusedByClient(() => begin(openai, "x"))).toMatchObject({
      status: 403,
      code: "endpoint_not_eligible",
    });
    expect(calls.requestsSeen()).toBe(before);
  });
});

describe("a batch's file that comes in parts, while the policy observes", () => {
  it("passes, and the part with a forbidden line is flagged", async () => {
    const watched = await world.addTenant({ ...tenantWishes.bank, slug: "watched", enforcement: "observe" });
    const rows = await calls.recordsOf(
      watched,
      () => uploadInPieces(world.openai(watched.key), [line(listed), `${line("gpt-9")}{"cut`]),
      4,
    );
    const flagged = partsIn(rows).filter((row) => JSON.stringify(linesOf(row)).includes("gpt-9"));
    expect(flagged).toMatchObject([{ verdict: "violation", would_block: { code: "model_not_eligible" } }]);
  });
});
