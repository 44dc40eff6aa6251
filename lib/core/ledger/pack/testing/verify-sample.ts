import { createHash } from "node:crypto";
import { nodeCrypto } from "../../../../services/ledger/node-crypto.ts";
import { sampleTrustRoot } from "../../testing/sample-log.ts";
import type { TrustRoot } from "../../trust-root.ts";
import type { PackPort, PackSource } from "../open-pack.ts";
import type { PackCheck } from "../pack-checks.ts";
import type { PackVerification } from "../pack-outcome.ts";
import { verifyPack } from "../verify-pack.ts";

export const port: PackPort = {
  crypto: nodeCrypto,
  hasher: () => {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  },
};

export function sourceOf(zip: Uint8Array): PackSource {
  return { size: zip.length, readAt: (offset, length) => zip.subarray(offset, offset + length) };
}

export function verifySample(
  zip: Uint8Array,
  options: {
    readonly trustRoot?: TrustRoot | null;
    readonly since?: string;
    readonly without?: readonly PackCheck[];
  } = {},
): PackVerification {
  const { trustRoot = sampleTrustRoot(), since, without = [] } = options;
  return verifyPack(port, sourceOf(zip), { trustRoot, without: new Set(without), ...(since && { since }) });
}

/** Names of the checks that did not pass, each once. */
export function notPassed({ checks }: PackVerification): string[] {
  return [
    ...new Set(
      checks.filter(({ result }) => result !== "PASS").map(({ name, result }) => `${result} ${name}`),
    ),
  ];
}
