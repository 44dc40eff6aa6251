import { describe, expect, it } from "vitest";
import { commitment } from "../../core/ledger/commitment.ts";
import type { EntryOpening } from "../../core/ledger/entries/entry-draft.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { committer, type OpeningPlace, readOpening, readOpenings, sealOpenings } from "./opening.ts";

const place = { tenantId: "019aa0c0-0000-7000-8000-000000000001", epoch: 1, index: 7 };
const other = "019aa0c0-0000-7000-8000-000000000002";

/** Committed to and sealed, alone. */
function commitTo(opening: EntryOpening, at: OpeningPlace) {
  const committed = committer(at.tenantId, 1)(opening, at.index);
  const [row] = sealOpenings(at, [committed], [{ index: at.index, entries: 1 }]);
  if (!row) throw new Error("Nothing was sealed.");
  return { commitment: committed.commitment, row };
}

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
    const commit = committer(place.tenantId, 3);
    const committed = [7, 8, 9].map((index) => commit({ field: "x", value: "anna" }, index));
    const rows = sealOpenings(
      place,
      committed,
      [7, 8, 9].map((index) => ({ index, entries: 1 })),
    );
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

describe("openings of entries that lie together", () => {
  const ranges = [
    { index: 7, entries: 4 },
    { index: 11, entries: 5 },
  ];
  const sealed = () => {
    const commit = committer(place.tenantId, 9 * 3);
    const committed = [7, 8, 9, 10, 11, 12, 13, 14, 15].flatMap((index) => [
      commit({ field: "peer_address_1", value: `10.0.0.${index}` }, index),
      commit({ field: "peer_address_2", value: `10.0.1.${index}` }, index),
      commit({ field: "end_user", value: "anna", subject: "anna" }, index),
    ]);
    return { committed, rows: sealOpenings(place, committed, ranges) };
  };
  const together = ({ rows }: ReturnType<typeof sealed>) => rows.filter(({ bundled }) => bundled !== null);

  it("are sealed once for all of them, but for those of people, which are found and erased one by one", () => {
    const made = sealed();
    expect(together(made)).toMatchObject([
      { index: 7, field: "*", subjectIndex: null, bundled: 4 },
      { index: 11, field: "*", subjectIndex: null, bundled: 5 },
    ]);
    const alone = made.rows.filter(({ bundled }) => bundled === null);
    expect(alone.map(({ index, field }) => `${index} ${field}`)).toEqual(
      [7, 8, 9, 10, 11, 12, 13, 14, 15].map((index) => `${index} end_user`),
    );
    for (const { index, field, sealed: bytes, subjectIndex } of alone) {
      expect(subjectIndex).toHaveLength(32);
      expect(readOpening(bytes, field, { ...place, index }).value).toBe("anna");
    }
  });

  it("open to what was committed to, each with a salt of its own", () => {
    const made = sealed();
    const opened = together(made).flatMap(({ index, sealed: bytes, bundled }) =>
      readOpenings(bytes, { ...place, index }, bundled ?? 0),
    );
    const about = made.committed.filter(({ subjectIndex }) => subjectIndex === null);
    expect(
      opened.map(({ index, field, salt, value }) => ({
        index,
        field,
        value,
        commitment: Buffer.from(commitment(nodeCrypto, field, salt, Buffer.from(value))).toString("base64"),
      })),
    ).toEqual(
      about.map(({ index, field, value, commitment: c }) => ({ index, field, value, commitment: c })),
    );
    expect(new Set(opened.map(({ salt }) => Buffer.from(salt).toString("hex"))).size).toBe(18);
  });

  it("open at their place only, for as many entries, as a whole", () => {
    const [row] = together(sealed());
    if (!row) throw new Error("Nothing lies together.");
    const wrong: [OpeningPlace, number][] = [
      [{ ...place, tenantId: other }, 4],
      [{ ...place, epoch: 2 }, 4],
      [{ ...place, index: 8 }, 4],
      [place, 5],
    ];
    for (const [at, entries] of wrong) expect(() => readOpenings(row.sealed, at, entries)).toThrow();
    expect(() => readOpening(row.sealed, "*", place)).toThrow();
    for (let i = 0; i < row.sealed.length; i += 7) {
      const changed = Uint8Array.from(row.sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => readOpenings(changed, place, 4), `byte ${i}`).toThrow();
    }
  });
});
