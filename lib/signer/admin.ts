import { closeDatabases } from "../db/connection.ts";
import { signerSettings } from "../env/signer-settings.ts";
import { carryOut } from "./carry-out.ts";
import { openDurableFiles } from "./durable-files.ts";
import { pass } from "./pass.ts";
import { askSigner, type SignerAnswer, type SignerRequest, signerRequest } from "./requests.ts";
import { asOnlySigner } from "./run-signer.ts";
import { SignerRuns } from "./signer-lock.ts";

/**
 * `node lib/signer/admin.ts REQUEST`: asks the signer that runs on this folder, or where none does, does it itself. Prints
 * the answer; exits with 0 done, 1 refused or failed.
 */
const request = signerRequest.parse(JSON.parse(process.argv[2] ?? "null"));
const { folder } = signerSettings();
const answer = await carryOutAlone(request).catch((error: unknown) => {
  if (error instanceof SignerRuns) return ask(request);
  return { ok: false, lines: [error instanceof Error ? error.message : String(error)] };
});
process.stdout.write(`${answer.lines.join("\n")}\n`);
process.exitCode = answer.ok ? 0 : 1;
await closeDatabases();

/** Every log is looked at before and after, so that what is done rests on what is stored now. */
async function carryOutAlone(asked: SignerRequest): Promise<SignerAnswer> {
  return asOnlySigner({ folder }, async (signer) => {
    await pass(signer);
    const done = await carryOut(signer, asked);
    await pass(signer);
    return done;
  });
}

async function ask(asked: SignerRequest): Promise<SignerAnswer> {
  const files = openDurableFiles(folder);
  const waitMs = asked.do === "fsck" ? 24 * 3_600_000 : 60_000;
  const given = await askSigner(files, asked, AbortSignal.timeout(waitMs));
  return (
    given ?? {
      ok: false,
      lines: ["The signer that runs did not answer. Is it another machine's? Run this where it runs."],
    }
  );
}
