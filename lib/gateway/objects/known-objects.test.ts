import { expect, it } from "vitest";
import type { ObjectRef } from "../../core/calls/provider-object.ts";
import type { KnownObject } from "../../services/resources/find-known-objects.ts";
import { createKnownObjects } from "./known-objects.ts";

const file: KnownObject = {
  kind: "file",
  id: "file-1",
  birth: { region: "eu", grade: "C" },
  batchLines: [{ endpoint: "/v1/responses", model: "m", features: [], count: 3 }],
};
const ref: ObjectRef = { kind: "file", id: "file-1" };

function objects(find: (tenantId: string) => readonly KnownObject[], heldMax = 100) {
  const asked: string[] = [];
  const failures: unknown[] = [];
  const hurried: true[] = [];
  const known = createKnownObjects({
    find: async (tenantId) => {
      asked.push(tenantId);
      return find(tenantId);
    },
    onFailure: (error) => failures.push(error),
    hurry: () => hurried.push(true),
    heldMax,
  });
  return { known, asked, failures, hurried };
}

it("asks for what it does not know, and once for what it then knows", async () => {
  const { known, asked } = objects(() => [file]);
  for (const _ of [1, 2])
    expect(await known.look("a", [ref])).toEqual({
      objectsUsed: [{ ...ref, birth: file.birth }],
      batchLines: file.batchLines,
    });
  expect(asked).toEqual(["a"]);
});

it("knows what a call has just made, for its own tenant and for no other", async () => {
  const { known, asked } = objects(() => []);
  known.expect("a")([file]);
  expect((await known.look("a", [ref])).objectsUsed[0]?.birth).toEqual(file.birth);
  expect((await known.look("b", [ref])).objectsUsed[0]?.birth).toBeNull();
  expect(asked).toEqual(["b"]);
});

it("keeps the first birth it learned of", async () => {
  const { known } = objects(() => []);
  known.expect("a")([file]);
  known.expect("a")([{ ...file, birth: { region: "us", grade: "C" } }]);
  expect((await known.look("a", [ref])).objectsUsed[0]?.birth?.region).toBe("eu");
});

it("says that a birth is not known where it could not be asked for, and asks again", async () => {
  const { known, asked, failures } = objects(() => {
    throw new Error("away");
  });
  expect((await known.look("a", [ref])).objectsUsed[0]?.birth).toBeNull();
  await known.look("a", [ref]);
  expect([asked.length, failures.length]).toEqual([2, 2]);
});

it("holds no more than it may", async () => {
  const { known, asked } = objects(() => [], 1);
  known.expect("a")([file, { ...file, id: "file-2" }]);
  await known.look("a", [ref]);
  expect(asked).toEqual(["a"]);
});

it("says of an upload whether a batch may come of it, and nothing of one that it does not know", async () => {
  const upload = (id: string) => ({ kind: "upload", id }) as const;
  const { known } = objects(() => []);
  const birth = file.birth;
  known.expect("a")([
    { ...upload("for-batch"), birth, batchLines: [] },
    { ...upload("for-else"), birth, batchLines: null },
  ]);
  const mayBeBatch = async (id: string) => (await known.look("a", [upload(id)])).mayBeBatch;
  expect(await Promise.all(["for-batch", "for-else", "of-another"].map(mayBeBatch))).toEqual([
    true,
    false,
    undefined,
  ]);
});

it("waits for what a call that has ended may have made, and says that somebody waits", async () => {
  const { known, asked, hurried } = objects(() => []);
  const learn = known.expect("a");
  let birth: unknown;
  const looked = known.look("a", [ref]).then(({ objectsUsed }) => {
    birth = objectsUsed[0]?.birth;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect([birth, asked.length, hurried.length]).toEqual([undefined, 0, 1]);
  learn([file]);
  await looked;
  expect(birth).toEqual(file.birth);
  learn([]);
  expect((await known.look("a", [ref])).objectsUsed[0]?.birth).toEqual(file.birth);
  expect([asked.length, hurried.length]).toEqual([0, 1]);
});

it("waits for nothing that another tenant's call may have made", async () => {
  const { known, asked, hurried } = objects(() => []);
  const learn = known.expect("a");
  expect((await known.look("b", [ref])).objectsUsed).toEqual([{ ...ref, birth: null }]);
  expect([asked, hurried.length]).toEqual([["b"], 0]);
  const first = known.expect("a");
  learn([]);
  learn([]);
  let isDone = false;
  const looked = known.look("a", [ref]).then(() => {
    isDone = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  first([file]);
  await looked;
});
