import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { sampleOrigin, sampleTrustRoot } from "./testing/sample-log.ts";
import { fingerprint, keysAt, readTrustRoot, type TrustedKey, TrustRootError } from "./trust-root.ts";

const key = (over: Partial<TrustedKey>): TrustedKey => ({
  vkey: "x",
  role: "log",
  from_size: 0,
  to_size: null,
  status: "active",
  reason: null,
  ...over,
});

describe("a trust root", () => {
  it("is read as it was written", () => {
    const root = sampleTrustRoot({ sealed: { size: 3, root: `${"A".repeat(43)}=`, reason: "moved" } });
    expect(readTrustRoot(JSON.stringify(root, null, 2))).toEqual(root);
  });

  it("has a fingerprint that anybody can compute of its bytes", () => {
    expect(fingerprint(nodeCrypto, Buffer.from("abc"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it.each<[string, (root: ReturnType<typeof sampleTrustRoot>) => unknown]>([
    ["another version", (root) => ({ ...root, v: 2 })],
    ["no version", ({ v: _, ...root }) => root],
    ["no deployment", ({ deployment: _, ...root }) => root],
    ["a member nobody knows", (root) => ({ ...root, also: 1 })],
    ["logs that are no list", (root) => ({ ...root, logs: {} })],
    ["a log listed twice", (root) => ({ ...root, logs: [...root.logs, ...root.logs] })],
    ["a member of a log nobody knows", (root) => withLog(root, { also: 1 })],
    ["a log without an origin", (root) => withLog(root, { origin: undefined })],
    ["an epoch that is no count", (root) => withLog(root, { epoch: 1.5 })],
    ["a seal without a root", (root) => withLog(root, { sealed: { size: 1, reason: "x" } })],
    [
      "a seal whose root is no hash",
      (root) => withLog(root, { sealed: { size: 1, root: "AAAA", reason: "x" } }),
    ],
    ["a role nobody knows", (root) => withKey(root, { role: "witness" })],
    ["a status nobody knows", (root) => withKey(root, { status: "suspended" })],
    ["a key without a status", (root) => withKey(root, { status: undefined })],
    ["a size below nothing", (root) => withKey(root, { from_size: -1 })],
    ["a size beyond 2^53", (root) => withKey(root, { to_size: 2 ** 53 })],
    ["a size in quotes", (root) => withKey(root, { from_size: "0" })],
    ["null", () => null],
    ["a list", () => []],
  ])("2.17 row 14: with %s it is refused", (_, change) => {
    expect(() => readTrustRoot(JSON.stringify(change(sampleTrustRoot())))).toThrow(TrustRootError);
  });

  it("that is no JSON is refused", () => {
    expect(() => readTrustRoot("{")).toThrow(TrustRootError);
  });
});

describe("2.17 row 9: at which sizes a key counts", () => {
  const old = key({ vkey: "old", to_size: 10, status: "retired", reason: "Replaced as planned." });
  const next = key({ vkey: "next", from_size: 10 });
  const root = sampleTrustRoot({ keys: [old, next] });

  it.each([
    [0n, ["old"]],
    [9n, ["old"]],
    [10n, ["old", "next"]],
    [11n, ["next"]],
    [2n ** 63n - 1n, ["next"]],
  ])("at %i: %j", (size, vkeys) => {
    expect(keysAt(root, sampleOrigin, size).map(({ vkey }) => vkey)).toEqual(vkeys);
  });

  it("for another log: none", () => {
    expect(keysAt(root, "domicile.ledger/another/e1", 5n)).toEqual([]);
  });
});

function withLog(root: ReturnType<typeof sampleTrustRoot>, over: object) {
  return { ...root, logs: root.logs.map((log) => ({ ...log, ...over })) };
}

function withKey(root: ReturnType<typeof sampleTrustRoot>, over: object) {
  return withLog(root, { keys: root.logs[0]?.keys.map((each) => ({ ...each, ...over })) });
}
