import { setTimeout as wait } from "node:timers/promises";
import { systemLogId } from "../core/ledger/system-log.ts";
import { log as events } from "../log.ts";
import { openSignerStore, takeDatabaseLock } from "../services/ledger/signer-store.ts";
import { carryOut } from "./carry-out.ts";
import { openDurableFiles } from "./durable-files.ts";
import { pass } from "./pass.ts";
import { fingerprintOf, trustRootFile } from "./publish-trust-root.ts";
import { answerRequests, type SignerAnswer } from "./requests.ts";
import { signPacks } from "./sign-packs.ts";
import { openSigner, type Signer, say } from "./signer.ts";
import { lockFolder, SignerRuns } from "./signer-lock.ts";

const idleMs = 3_600_000;
const fsckEveryMs = 24 * 3_600_000;
const requestsEveryMs = 250;
const placeEveryMs = 1_000;

export type SignerSettings = { readonly folder: string; readonly everyMs: number };

/**
 * Exactly one signer: of this folder, and of this database, whichever machine it runs on. `work` is done under both locks;
 * `holds` says whether both are held at this moment.
 */
export async function asOnlySigner<T>(
  { folder }: Pick<SignerSettings, "folder">,
  work: (signer: Signer, holds: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const files = openDurableFiles(folder);
  const lock = lockFolder(folder);
  try {
    const place = await takePlace();
    try {
      const signer = openSigner({ files, store: openSignerStore(), now: () => new Date(), idleMs });
      return await work(signer, place.holds);
    } finally {
      await place.release();
    }
  } finally {
    lock.release();
  }
}

/**
 * The one signer's place at the database. `holds` asks for it again where it was lost: a server that restarts lets go of everybody. What
 * is remembered stays true meanwhile, since nobody else has the folder; another signer that came in between has left its signatures.
 */
async function takePlace(): Promise<{ holds(): Promise<boolean>; release(): Promise<void> }> {
  let held = await takeDatabaseLock();
  if (held === null)
    throw new SignerRuns(
      "Another signer, of another folder or machine, is connected to this database. There is exactly one.",
    );
  const release = async (): Promise<void> => {
    await held?.release().catch(() => undefined);
    held = null;
  };
  return {
    async holds() {
      if (await held?.isHeld()) return true;
      if (held !== null)
        events.error("the database let go of the signer; nothing is signed until it has its place again");
      await release();
      held = await takeDatabaseLock().catch(() => null);
      if (held !== null) events.info("the signer has its place at the database again");
      return held !== null;
    },
    release,
  };
}

/** Watches every log until the signal: signs what grew, answers what an operator asks, checks all of it every night. */
export async function runSigner(settings: SignerSettings, signal: AbortSignal): Promise<void> {
  await asOnlySigner(settings, async (signer, holds) => {
    say(signer, {
      tenantId: systemLogId,
      epoch: null,
      kind: "started",
      atIndex: null,
      sentence: "The signer has started.",
      detail: { deployment: signer.self.deployment, logs: signer.logs.size },
    });
    // By a clock that nobody sets: one that was set back is told of by the next pass, and keeps none from coming.
    let nextPass = performance.now();
    let ready = false;
    let check: Promise<unknown> | null = null;
    const checkAll = (): Promise<SignerAnswer> => {
      const running = carryOut(signer, { do: "fsck" });
      check = running.finally(() => {
        check = null;
      });
      return running;
    };
    while (!signal.aborted) {
      if (!(await holds())) {
        await wait(placeEveryMs, undefined, { signal }).catch(() => undefined);
        continue;
      }
      // A full check takes its time, and signing goes on while it runs; everything else is done at once.
      await answerOnce(signer, (request) =>
        request.do === "fsck" ? { later: checkAll() } : carryOut(signer, request),
      );
      await signPacksOnce(signer);
      if (performance.now() >= nextPass) {
        nextPass = performance.now() + settings.everyMs;
        const done = await passOnce(signer);
        if (done && !ready)
          events.info({ fingerprint: fingerprintOf(signer.files.read(trustRootFile) ?? "") }, "signer ready");
        ready ||= done;
        if (ready && check === null && isFsckDue(signer)) void checkAll();
      }
      await wait(Math.min(requestsEveryMs, settings.everyMs), undefined, { signal }).catch(() => undefined);
    }
    await check;
  });
}

/** A database that cannot be reached, or a folder that cannot be written, is no reason to forget what we know. */
async function passOnce(signer: Signer): Promise<boolean> {
  try {
    const { signed } = await pass(signer);
    if (signed > 0) events.debug({ signed }, "logs were signed");
    return true;
  } catch (error) {
    events.error({ err: error }, "nothing was signed this time; the next pass tries again");
    return false;
  }
}

async function answerOnce(signer: Signer, answer: Parameters<typeof answerRequests>[1]): Promise<void> {
  try {
    await answerRequests(signer.files, answer);
  } catch (error) {
    events.error({ err: error }, "a request to the signer could not be answered");
  }
}

async function signPacksOnce(signer: Signer): Promise<void> {
  try {
    const answered = await signPacks(signer);
    if (answered > 0) events.info({ answered }, "manifests of packs were answered for");
  } catch (error) {
    events.error({ err: error }, "packs were not signed this time; the next look tries again");
  }
}

function isFsckDue({ self, now }: Signer): boolean {
  return self.fsckAt === null || now().getTime() - Date.parse(self.fsckAt) >= fsckEveryMs;
}
