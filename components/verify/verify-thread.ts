import { sha256 } from "@noble/hashes/sha2.js";
import { browserCrypto } from "../../lib/client/browser-crypto.ts";
import type { PackPort, PackSource } from "../../lib/core/ledger/pack/open-pack.ts";
import { type PackVerification, stoppedOutcome } from "../../lib/core/ledger/pack/pack-outcome.ts";
import { verifyPack } from "../../lib/core/ledger/pack/verify-pack.ts";
import { fingerprint, readTrustRoot, TrustRootError } from "../../lib/core/ledger/trust-root.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { formatCount } from "../ui/format-number.ts";
import type { VerifyAnswer, VerifyOutcome, VerifyRequest } from "./verify-messages.ts";

/** SHA-256 in parts. `@noble` throughout: the platform's own answers later, and the core does not wait. */
const port: PackPort = {
  crypto: browserCrypto,
  hasher: () => {
    const hash = sha256.create();
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  },
};

/** What a thread of the browser has and a page has not. */
declare const self: {
  postMessage(said: VerifyAnswer): void;
  addEventListener(type: "message", listen: (event: MessageEvent<VerifyRequest>) => void): void;
};
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

const answer = (said: VerifyAnswer): void => self.postMessage(said);

self.addEventListener("message", ({ data }: MessageEvent<VerifyRequest>) => {
  try {
    answer({ is: "outcome", outcome: verify(data) });
  } catch (error) {
    if (!(error instanceof TrustRootError)) throw error;
    answer({ is: "refused", words: `The trust root cannot be used: ${error.message}` });
  }
});

answer({ is: "ready" });

function verify({ pack, trustRoot, since }: VerifyRequest): VerifyOutcome {
  const began = performance.now();
  const root = trustRoot === null ? null : readTrustRoot(trustRoot);
  const options = { trustRoot: root, ...(since !== null && { since }) };
  const found = outcomeOf(() =>
    verifyPack(port, sourceOf(pack), options, (entries, of) => answer({ is: "progress", entries, of })),
  );
  const { verdict, checks, notProven, manifest, counts, faults, signedAt } = found;
  return {
    verdict,
    checks,
    notProven,
    manifest,
    counts,
    faults: faults.slice(0, 200).map(({ index, words }) => ({ index, words })),
    signedAt: signedAt === null ? null : new Date(Number(signedAt) * 1_000).toISOString(),
    figures: figuresOf(found),
    fingerprint: trustRoot === null ? null : fingerprint(browserCrypto, new TextEncoder().encode(trustRoot)),
    deployment: root?.deployment ?? null,
    tookMs: Math.round(performance.now() - began),
  };
}

/** trust: a pack may be made to stop the program; that is an outcome like another. */
function outcomeOf(work: () => PackVerification): PackVerification {
  try {
    return work();
  } catch (error) {
    if (error instanceof TrustRootError) throw error;
    return stoppedOutcome(error);
  }
}

/** A file of the reader's own disk, read piece by piece where it lies. Threads may wait for it. */
function sourceOf(file: File): PackSource {
  const reader = new FileReaderSync();
  return {
    size: file.size,
    readAt: (offset, length) => new Uint8Array(reader.readAsArrayBuffer(file.slice(offset, offset + length))),
  };
}

function figuresOf({ computed }: PackVerification): VerifyOutcome["figures"] {
  if (computed === null) return [];
  const { calls } = computed.population;
  return [
    ["Calls of the report", formatCount(calls.selected)],
    ...computed.results.verdicts.map(
      ({ verdict, basis, calls: n }) =>
        [
          basis === "none" ? verdictWords[verdict] : `${verdictWords[verdict]}, ${basis}`,
          formatCount(n),
        ] as const,
    ),
    ["Outside the filter", formatCount(calls.other_filter)],
    ["Recorded too late for an earlier period", formatCount(calls.earlier_arrived)],
  ];
}
