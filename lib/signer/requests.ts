import { setTimeout as wait } from "node:timers/promises";
import { v7 } from "uuid";
import { z } from "zod";
import type { DurableFiles } from "./durable-files.ts";

/** What may be asked of the signer. */
export const signerRequest = z.discriminatedUnion("do", [
  z.object({ do: z.literal("status") }),
  z.object({ do: z.literal("rotate") }),
  z.object({ do: z.literal("compromise"), since: z.iso.datetime(), reason: z.string().min(20).max(500) }),
  z.object({ do: z.literal("seal"), log: z.string(), reason: z.string().min(20).max(500) }),
  z.object({ do: z.literal("unfreeze"), log: z.string(), reason: z.string().min(20).max(500) }),
  z.object({ do: z.literal("fsck") }),
]);

export type SignerRequest = z.infer<typeof signerRequest>;
export type SignerAnswer = { readonly ok: boolean; readonly lines: readonly string[] };

/**
 * Hands a request to the signer that runs, through its own folder: whoever may write there may command it. Waits for the
 * answer; null when none came in time.
 */
export async function askSigner(
  files: DurableFiles,
  request: SignerRequest,
  signal: AbortSignal,
): Promise<SignerAnswer | null> {
  const id = v7();
  files.write(`requests/${id}.json`, JSON.stringify(request));
  while (!signal.aborted) {
    const answer = files.read(`answers/${id}.json`);
    if (answer !== null) {
      files.remove(`answers/${id}.json`);
      return JSON.parse(answer) as SignerAnswer;
    }
    await wait(50, undefined, { signal }).catch(() => undefined);
  }
  files.remove(`requests/${id}.json`);
  return null;
}

/**
 * Answers what was asked, one after the other; what is done `later` is answered then. crash: a request is gone before it is
 * begun, so that none is done twice; whoever asked hears nothing and looks at the status.
 */
export async function answerRequests(
  files: DurableFiles,
  answer: (request: SignerRequest) => Promise<SignerAnswer> | { readonly later: Promise<SignerAnswer> },
): Promise<void> {
  for (const name of files.list("requests")) {
    const parsed = signerRequest.safeParse(readJson(files.read(`requests/${name}`)));
    files.remove(`requests/${name}`);
    const reply = (given: SignerAnswer) => files.write(`answers/${name}`, JSON.stringify(given));
    if (!parsed.success) {
      reply({ ok: false, lines: [`This is no request: ${z.prettifyError(parsed.error)}`] });
      continue;
    }
    const given = answer(parsed.data);
    if ("later" in given) void given.later.then(reply, () => undefined);
    else reply(await given);
  }
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
