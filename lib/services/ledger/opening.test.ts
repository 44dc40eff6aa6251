import { describe, expect, it } from "vitest";
import { commitment } from "../../core/ledger/commitment.ts";
import type { EntryOpening } from "../../core/ledger/entries/entry-draft.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { committer, type OpeningPlace, readOpening } from "./opening.ts";

const place = { tenantId: "019aa0c0-0000-7000-8000-000000000001", epoch: 1, index: 7 };
const other = "019aa0c0-0000-7000-8000-000000000002";

const commitTo = (opening: EntryOpening, at: OpeningPlace) => committer(at, 1)(opening, at.index);

describe("an opening", () => {
  it("opens to the value that was committed to", () => {
    const { commitment: committed, row } = commitTo({ field: "end_user", value: "Zoë" }, place);
    const { salt, value } = readOpening(row.sealed, "end_user", place);
    expect(value).toBe("Zoë");
    const again = commitment(nodeCrypto, "end_user", salt, Buffer.from("Zoë", "utf8"));
    expect(Buffer.from(again).toString("base64")).toBe(committed);
  });

  it("opens at its place only: no other tenant, epoch, entry or field", () => {
    const { row } = commitTo({ field: "end_user", value: "anna" }, place);
    for (const wrong of [
      { ...place, tenantId: other },
      { ...place, epoch: 2 },
      { ...place, index: 8 },
    ])
      expect(() => readOpening(row.sealed, "end_user", wrong)).toThrow();
    expect(() => readOpening(row.sealed, "peer_address", place)).toThrow();
  });

  it("does not open when any byte is another one, or when it is cut", () => {
    const { row } = commitTo({ field: "end_user", value: "anna" }, place);
    for (let i = 0; i < row.sealed.length; i++) {
      const changed = Uint8Array.from(row.sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => readOpening(changed, "end_user", place), `byte ${i}`).toThrow();
    }
    for (const length of [0, 1, 13, 29, 60, row.sealed.length - 1])
      expect(
        () => readOpening(row.sealed.subarray(0, length), "end_user", place),
        `${length} bytes`,
      ).toThrow();
  });

  it("tells two equal values apart from nothing but the key: commitment and bytes differ each time", () => {
    const [a, b] = [
      commitTo({ field: "x", value: "anna" }, place),
      commitTo({ field: "x", value: "anna" }, place),
    ];
    expect(a.commitment).not.toBe(b.commitment);
    expect(a.row.sealed).not.toEqual(b.row.sealed);
    expect(Buffer.from(a.row.sealed).includes("anna")).toBe(false);
  });

  it("draws its own salt and nonce for each value of a batch, and none twice", () => {
    const commit = committer(place, 3);
    const rows = [7, 8, 9].map((index) => commit({ field: "x", value: "anna" }, index).row);
    const salts = rows.map(({ sealed, index }) =>
      Buffer.from(readOpening(sealed, "x", { ...place, index }).salt).toString("hex"),
    );
    const nonces = rows.map(({ sealed }) => Buffer.from(sealed.subarray(1, 13)).toString("hex"));
    expect(new Set([...salts, ...nonces]).size).toBe(6);
    expect(() => commit({ field: "x", value: "anna" }, 10)).toThrow(/More values/);
  });

  it("is found by whom it speaks of, in its tenant only", () => {
    const found = (tenantId: string, subject?: string) =>
      commitTo({ field: "x", value: "v", subject }, { ...place, tenantId }).row.subjectIndex;
    expect(found(place.tenantId, "anna")).toEqual(found(place.tenantId, "anna"));
    expect(found(place.tenantId, "anna")).not.toEqual(found(place.tenantId, "bert"));
    expect(found(place.tenantId, "anna")).not.toEqual(found(other, "anna"));
    expect(found(place.tenantId)).toBeNull();
  });
});
