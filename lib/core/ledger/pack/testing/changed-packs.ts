import { nodeCrypto } from "../../../../services/ledger/node-crypto.ts";
import { millisecondsOf } from "../../../calendar.ts";
import type { Report } from "../../../reports/report.ts";
import { utf8Bytes } from "../../bytes.ts";
import type { Checkpoint } from "../../checkpoint.ts";
import { ed25519Type, type NoteSigner } from "../../note.ts";
import {
  clockKey,
  clockName,
  logKey,
  sampleOrigin,
  sampleTrustRoot,
  strangerKey,
} from "../../testing/sample-log.ts";
import { testKey } from "../../testing/test-key.ts";
import { rootOf } from "../../tree.ts";
import type { TrustedKey, TrustedLog, TrustRoot } from "../../trust-root.ts";
import type { PackFile } from "../manifest.ts";
import type { Opening } from "../openings.ts";
import { samplePack, sampleSigners, sampleSignersAtStart } from "./sample-pack.ts";

export type Case = { readonly zip: Uint8Array; readonly since?: string; readonly trustRoot?: TrustRoot };
type Members = Readonly<Record<string, unknown>>;

export const stranger = [strangerKey.signer(sampleOrigin), ...sampleSigners.slice(1)];
export const strangerAtStart = [strangerKey.signer(sampleOrigin), ...sampleSignersAtStart.slice(1)];
export const otherRoot = new Uint8Array(32).fill(7);

/** An entry's bytes as the log has them, with other members. */
export const changed =
  (at: number, change: (entry: Members) => Members) =>
  (bytes: Uint8Array, index: number): Uint8Array =>
    index === at
      ? utf8Bytes(JSON.stringify(change(JSON.parse(new TextDecoder().decode(bytes)) as Members)))
      : bytes;

export const body =
  (change: Members) =>
  (entry: Members): Members => ({ ...entry, body: { ...(entry.body as Members), ...change } });

export const put = (path: string, text: string) => (files: Map<string, Uint8Array>) =>
  void files.set(path, utf8Bytes(text));

export const report = (change: (report: Report) => Partial<Report>) =>
  samplePack({ report: (made) => ({ ...made, ...change(made) }) });
export const cover = (change: Partial<Report["stated"]["cover"]>) =>
  report(({ stated }) => ({ stated: { ...stated, cover: { ...stated.cover, ...change } } }));
type Policies = Report["stated"]["criteria"]["policies"];
export const policies = (change: (told: Policies) => Policies) =>
  report(({ stated }) => ({
    stated: { ...stated, criteria: { ...stated.criteria, policies: change(stated.criteria.policies) } },
  }));
export const drop = (path: string) => samplePack({ files: (files) => void files.delete(path) });
export const relisted = (change: (file: PackFile) => PackFile) =>
  samplePack({ manifest: (manifest) => ({ ...manifest, files: manifest.files.map(change) }) });
export const opened = (change: (opening: Opening) => Opening) =>
  samplePack({ openings: (all) => all.slice(0, 1).map(change) });

/** Keys of logs that the trust root knows beside ours, and of ours beside the one that signs. */
export const otherKey = testKey(5);
const [ours] = sampleTrustRoot().logs as [TrustedLog];
export const [logVkey, clockVkey] = ours.keys as [TrustedKey, TrustedKey];
export const keyOf = (key: typeof otherKey, origin: string, over: Partial<TrustedKey> = {}): TrustedKey => ({
  ...logVkey,
  vkey: key.vkey(origin, ed25519Type),
  ...over,
});
/** Of this origin, with a key that is not ours. */
export const beside = (origin: string, epoch: number): TrustRoot => ({
  ...sampleTrustRoot(),
  logs: [ours, { origin, epoch, sealed: null, keys: [keyOf(otherKey, origin), clockVkey] }],
});
export const withKeys = (...keys: TrustedKey[]): TrustRoot => ({
  ...sampleTrustRoot(),
  logs: [{ ...ours, keys }],
});
export const otherTenant = "domicile.ledger/zzzzzzzzzzzzzzzzzzzzzzzzzz/e1";
export const lineage = (epoch: number): string => sampleOrigin.replace(/1$/, String(epoch));
export const signedBy = (origin: string, all: readonly NoteSigner[]) => [
  otherKey.signer(origin),
  ...all.slice(1),
];
export const atSecond = (at: string) => [
  logKey.signer(sampleOrigin),
  clockKey.clock(clockName, BigInt(millisecondsOf(at) / 1_000)),
];
export const old = (head: Partial<Checkpoint>, by: readonly NoteSigner[] = sampleSignersAtStart) => {
  const { zip, noteAt } = samplePack({ first: 3 });
  return { zip, since: noteAt(7, by, head) };
};
export const rootAt = (size: number) => rootOf(nodeCrypto, samplePack().frontierAt(size));
