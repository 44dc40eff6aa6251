import { setTimeout as wait } from "node:timers/promises";
import { v7 } from "uuid";
import type { LogKey } from "../../db/ledger-walk.ts";
import { findPackAnswer, findPackNote, insertPackRequest } from "../../db/pack-signature.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { PackProblem } from "./pack-problem.ts";

const lookEveryMs = 200;
const patienceMs = 10 * 60_000;

/**
 * Has the signer sign a manifest; one that was signed before keeps its signature, so that the same pack has the same
 * bytes. `goOn` is asked while it waits, and may throw.
 */
export async function signManifest(
  { tenantId, epoch }: LogKey,
  bytes: Uint8Array,
  goOn: () => Promise<void>,
): Promise<string> {
  const manifest = Buffer.from(bytes);
  const id = v7();
  const known = await withTenantSql(tenantScope(tenantId), async (sql) => {
    const note = await findPackNote(sql, tenantId, manifest);
    if (note === null) await insertPackRequest(sql, { tenantId, id, epoch, manifest }, new Date());
    return note;
  });
  if (known !== null) return known;
  for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
    const answer = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
      findPackAnswer(sql, tenantId, id),
    );
    if (answer?.note) return answer.note;
    if (answer) throw new PackProblem("signer_refused", answer.refusal ?? "");
    if (waited % 2_000 === 0) await goOn();
    await wait(lookEveryMs);
  }
  throw new PackProblem("signer_silent");
}
