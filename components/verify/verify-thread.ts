import { sha256 } from "@noble/hashes/sha2.js";
import { browserCrypto } from "../../lib/client/browser-crypto.ts";
import type { PackOptions, PackPort, PackSource } from "../../lib/core/ledger/pack/open-pack.ts";
import { type PackVerification, stoppedOutcome } from "../../lib/core/ledger/pack/pack-outcome.ts";
import { verifySteps } from "../../lib/core/ledger/pack/verify-pack.ts";
import { fingerprint, readTrustRoot, TrustRootError } from "../../lib/core/ledger/trust-root.ts";
import { providerCountOf } from "../../lib/core/reports/compute-usage.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { formatCount } from "../ui/format-number.ts";
import type { ThreadAnswer, ThreadOrder, VerifyOutcome, VerifyRequest } from "./verify-messages.ts";

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
  postMessage(said: ThreadAnswer): void;
  addEventListener(type: "message", listen: (event: MessageEvent<ThreadOrder>) => void): void;
};
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

const answer = (said: ThreadAnswer): void => self.postMessage(said);

/** Of the run that was asked for last; an earlier one leaves off when it sees that it is not. */
let wanted = 0;

self.addEventListener("message", ({ data: { run, request } }: MessageEvent<ThreadOrder>) => {
  wanted = run;
  if (request !== null) void answerTo(run, request);
});

answer({ is: "ready" });

async function answerTo(run: number, request: VerifyRequest): Promise<void> {
  try {
    const outcome = await verify(run, request);
    answer(outcome === null ? { is: "left", run } : { is: "outcome", run, outcome });
  } catch (error) {
    if (error instanceof TrustRootError)
      answer({ is: "refused", run, words: `The trust root cannot be used: ${error.message}` });
    // Reaches the page as the thread's error: it takes the other thread.
    else
      setTimeout(() => {
        throw error;
      });
  }
}

/** Null: another run is wanted. */
async function verify(run: number, { pack, trustRoot, since }: VerifyRequest): Promise<VerifyOutcome | null> {
  const began = performance.now();
  const root = trustRoot === null ? null : readTrustRoot(trustRoot);
  const found = await outcomeOf(run, sourceOf(pack), { trustRoot: root, ...(since !== null && { since }) });
  if (found === null) return null;
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
async function outcomeOf(
  run: number,
  source: PackSource,
  options: PackOptions,
): Promise<PackVerification | null> {
  try {
    const steps = verifySteps(port, source, options);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      answer({ is: "progress", run, ...step.value });
      // Messages are heard between two files of entries.
      await new Promise((resolve) => setTimeout(resolve));
      if (run !== wanted) return null;
    }
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
  const provider = providerCountOf(computed);
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
    ...(provider === null
      ? []
      : ([
          ["Requests that the provider counted", formatCount(provider.counted)],
          ["Of these not in the record", formatCount(provider.missing)],
        ] as const)),
  ];
}
