import { isObject } from "../is-object.ts";
import { fromBase64, toHex } from "./bytes.ts";
import type { CryptoPort } from "./crypto-port.ts";

/** A key that speaks for a log between two sizes, both included: a change of keys is signed by both at one size. */
export type TrustedKey = {
  /** C2SP verifier key. */
  readonly vkey: string;
  /** `log` signs checkpoints, `clock` says when. */
  readonly role: "log" | "clock";
  readonly from_size: number;
  /** Null: until further notice. */
  readonly to_size: number | null;
  readonly status: "active" | "retired" | "compromised";
  readonly reason: string | null;
};

/** The last size of a log that counts, and its root in base64. Nothing after it does. */
export type Seal = { readonly size: number; readonly root: string; readonly reason: string };

export type TrustedLog = {
  readonly origin: string;
  readonly epoch: number;
  readonly keys: readonly TrustedKey[];
  readonly sealed: Seal | null;
};

/** Which keys speak for which logs of a deployment. Fetched apart from what is verified, or it proves nothing. */
export type TrustRoot = {
  readonly v: 1;
  readonly deployment: string;
  readonly logs: readonly TrustedLog[];
};

/** A document that is no trust root this program knows. */
export class TrustRootError extends Error {
  override readonly name = "TrustRootError";
}

/** Reads a trust root. Strict: an unknown version, member, role or status is refused, since it may narrow what counts. */
export function readTrustRoot(text: string): TrustRoot {
  const { v, deployment, logs } = members(parseJson(text), "The document", ["v", "deployment", "logs"]);
  if (v !== 1) throw new TrustRootError("Its version is not 1, the only one this program knows.");
  const root: TrustRoot = {
    v,
    deployment: string(deployment, "deployment"),
    logs: list(logs, "logs").map((log, i) => readLog(log, `logs[${i}]`)),
  };
  const origins = root.logs.map(({ origin }) => origin);
  const twice = origins.find((origin, i) => origins.indexOf(origin) !== i);
  if (twice !== undefined) throw new TrustRootError(`The log ${twice} is listed twice.`);
  return root;
}

/** The keys that may have signed that log at that size, whatever became of them since: ask `status`. */
export function keysAt(trustRoot: TrustRoot, origin: string, size: bigint): readonly TrustedKey[] {
  const log = trustRoot.logs.find((each) => each.origin === origin);
  return (log?.keys ?? []).filter(
    ({ from_size, to_size }) => from_size <= size && (to_size === null || size <= to_size),
  );
}

/** Hex SHA-256 of the document's bytes, to be compared over the telephone. */
export function fingerprint(crypto: CryptoPort, bytes: Uint8Array): string {
  return toHex(crypto.sha256(bytes));
}

function readLog(value: unknown, at: string): TrustedLog {
  const { origin, epoch, keys, sealed } = members(value, at, ["origin", "epoch", "keys", "sealed"]);
  return {
    origin: string(origin, `${at}.origin`),
    epoch: count(epoch, `${at}.epoch`),
    keys: list(keys, `${at}.keys`).map((key, i) => readKey(key, `${at}.keys[${i}]`)),
    sealed: sealed === null ? null : readSeal(sealed, `${at}.sealed`),
  };
}

function readKey(value: unknown, at: string): TrustedKey {
  const names = ["vkey", "role", "from_size", "to_size", "status", "reason"];
  const { vkey, role, from_size, to_size, status, reason } = members(value, at, names);
  return {
    vkey: string(vkey, `${at}.vkey`),
    role: oneOf(role, ["log", "clock"] as const, `${at}.role`),
    from_size: count(from_size, `${at}.from_size`),
    to_size: to_size === null ? null : count(to_size, `${at}.to_size`),
    status: oneOf(status, ["active", "retired", "compromised"] as const, `${at}.status`),
    reason: reason === null ? null : string(reason, `${at}.reason`),
  };
}

function readSeal(value: unknown, at: string): Seal {
  const { size, root, reason } = members(value, at, ["size", "root", "reason"]);
  if (typeof root !== "string" || fromBase64(root)?.length !== 32)
    throw new TrustRootError(`${at}.root is no SHA-256 in base64.`);
  return { size: count(size, `${at}.size`), root, reason: string(reason, `${at}.reason`) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TrustRootError("The document is not JSON.");
  }
}

function members(value: unknown, at: string, names: readonly string[]): Record<string, unknown> {
  if (!isObject(value)) throw new TrustRootError(`${at} is no object.`);
  const extra = Object.keys(value).find((name) => !names.includes(name));
  if (extra !== undefined)
    throw new TrustRootError(`${at} has a member "${extra}" this program does not know.`);
  return value as Record<string, unknown>;
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TrustRootError(`${at} is no list.`);
  return value;
}

function string(value: unknown, at: string): string {
  if (typeof value !== "string" || value === "") throw new TrustRootError(`${at} is no text.`);
  return value;
}

function count(value: unknown, at: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new TrustRootError(`${at} is no count.`);
  return value;
}

function oneOf<const T extends string>(value: unknown, known: readonly T[], at: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new TrustRootError(`${at} is none of ${known.join(", ")}.`);
  return found;
}
