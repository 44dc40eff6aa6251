import type { IncomingMessage } from "node:http";
import type { ByteBudget } from "./byte-budget.ts";
import { createByteCollector } from "./byte-collector.ts";

export type BodyLimits = { readonly bodyBytesMax: number; readonly budget: ByteBudget };

/** `release` gives the bytes back to the budget; call it once, when the body is no longer needed. */
export type HeldBody = { readonly bytes: Buffer; release(): void };

export type BodyProblem = "too_large" | "over_budget" | "aborted";

/** Why a body could not be read whole. */
export class BodyUnreadable extends Error {
  override readonly name = "BodyUnreadable";
  readonly problem: BodyProblem;

  constructor(problem: BodyProblem) {
    super(`The body could not be read: ${problem}.`);
    this.problem = problem;
  }
}

/**
 * The whole body in memory, within its own limit and the one for all bodies together.
 *
 * `arrivalMsMax`: how long it may take until its last byte is here.
 *
 * trust: `content-length` is only used to refuse early; what counts is what comes.
 */
export function readBody(
  request: IncomingMessage,
  { bodyBytesMax, budget }: BodyLimits,
  arrivalMsMax: number,
): Promise<HeldBody> {
  return new Promise((resolve, reject) => {
    const stated = Number(request.headers["content-length"] ?? 0);
    if (stated > bodyBytesMax) {
      reject(new BodyUnreadable("too_large"));
      return;
    }
    const collector = createByteCollector();
    let settled = false;

    const settle = (problem: BodyProblem | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(late);
      request.off("data", take);
      request.off("end", end);
      request.off("close", cut);
      request.off("error", cut);
      if (problem === null) {
        const held = collector.bytes();
        resolve({ bytes: collector.whole(), release: once(() => budget.give(held)) });
      } else {
        budget.give(collector.bytes());
        collector.clear();
        reject(new BodyUnreadable(problem));
      }
    };
    const take = (chunk: Buffer): void => {
      if (collector.bytes() + chunk.byteLength > bodyBytesMax) settle("too_large");
      else if (!budget.take(chunk.byteLength)) settle("over_budget");
      else collector.push(chunk);
    };
    const end = (): void => settle(null);
    const cut = (): void => settle("aborted");
    const late = setTimeout(cut, arrivalMsMax);
    request.on("data", take);
    request.on("end", end);
    request.on("close", cut);
    request.on("error", cut);
  });
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
