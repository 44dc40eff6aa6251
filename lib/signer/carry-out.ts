import { log as events } from "../log.ts";
import { fsckTree } from "./fsck-tree.ts";
import { fingerprintOf, publishTrustRoot, trustRootFile } from "./publish-trust-root.ts";
import type { SignerAnswer, SignerRequest } from "./requests.ts";
import { rotate, SignerRefusal, waitingWords } from "./rotate.ts";
import { compromise, seal } from "./seal.ts";
import { type Signer, storeStatements } from "./signer.ts";
import { unfreeze } from "./unfreeze.ts";

/** Does what was asked, and says in words what came of it. A refusal changes nothing. */
export async function carryOut(signer: Signer, request: SignerRequest): Promise<SignerAnswer> {
  try {
    const answer = await run(signer, request);
    await publishTrustRoot(signer);
    await storeStatements(signer);
    if (request.do !== "status")
      events.warn({ request: request.do }, "the signer did what an operator asked");
    return answer;
  } catch (error) {
    if (error instanceof SignerRefusal) return { ok: false, lines: [error.message] };
    events.error({ err: error, request: request.do }, "a request to the signer failed");
    return { ok: false, lines: [`It failed: ${(error as Error).message}`] };
  }
}

async function run(signer: Signer, request: SignerRequest): Promise<SignerAnswer> {
  const done = (lines: string[]): SignerAnswer => ({ ok: true, lines });
  switch (request.do) {
    case "status":
      return done(status(signer));
    case "rotate":
      return done(rotate(signer));
    case "compromise":
      return done(compromise(signer, new Date(request.since), request.reason));
    case "seal":
      return done(seal(signer, request.log, request.reason));
    case "unfreeze":
      return done(await unfreeze(signer, request.log, request.reason));
    case "fsck":
      return fsckTree(signer);
  }
}

function status(signer: Signer): string[] {
  const { self, files } = signer;
  const document = files.read(trustRootFile);
  const logs = [...signer.logs.values()].map(({ origin, size, signedAt, frozen, sealed }) => {
    const standing =
      sealed !== null
        ? `sealed at ${sealed.size}: ${sealed.reason}`
        : frozen !== null
          ? `FROZEN since ${frozen.at}: ${frozen.sentence}`
          : `${size} entries signed at ${signedAt ?? "no time yet"}`;
    return `  ${origin}  ${standing}`;
  });
  return [
    `Signer ${self.deployment}, ${signer.logs.size} logs`,
    ...logs,
    `Keys: ${self.logKey} signs, ${self.clockKey} gives the time.`,
    ...(self.rotation ? [`A rotation to ${self.rotation.to} is under way:`, ...waitingWords(signer)] : []),
    `Trust root: ${document === null ? "not written yet" : fingerprintOf(document)}`,
    `Last full check: ${self.fsckAt ?? "none yet"}`,
  ];
}
