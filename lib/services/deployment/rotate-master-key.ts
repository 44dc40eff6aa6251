import { replaceFingerprint } from "../../db/deployment.ts";
import {
  replaceFactor,
  replacePart,
  replaceSealed,
  type SealedTable,
  sealedFactors,
  sealedParts,
  sealedRows,
} from "../../db/sealed-secret.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { masterKey, previousMasterKey } from "../../env/master-key.ts";
import type { Actor } from "../actor.ts";
import { resealPart } from "../imports/part-seal.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { sealCarried } from "../secrets/carried-keys.ts";
import { resealSecret, type SealContext } from "../secrets/seal-secret.ts";
import { fingerprintOf, type MasterKeyState, readMasterKeyState } from "./check-master-key.ts";

/** Of one kind of secret: how many were sealed anew, stood under the new key already, and open under neither. */
export type Resealed = { anew: number; already: number; lost: number };

export type RotatedMasterKey = {
  /** False: an earlier run had turned to the new key, and this one went on. */
  readonly turned: boolean;
  readonly secrets: Readonly<
    Record<"providerKeys" | "accountKeys" | "alertSecrets" | "secondFactors" | "importParts", Resealed>
  >;
};

const nothing = "00000000-0000-0000-0000-000000000000";
const tables = [
  ["providerKeys", "provider_credential", (tenantId, id) => ({ tenantId, credentialId: id })],
  ["accountKeys", "provider_account", (tenantId, id) => ({ tenantId, accountId: id })],
  ["alertSecrets", "alert_secret", (tenantId, id) => ({ tenantId, alertSecretId: id })],
] as const satisfies readonly [string, SealedTable, (tenantId: string, id: string) => SealContext][];

/**
 * Moves the deployment from the master key of before to the one of now, both of which this process holds, as the owner of the
 * database. Whoever was not stopped meanwhile holds both as well, and reads before, during and after it.
 *
 * crash: the turn comes first. From then on no process starts with the old key alone; what is still sealed under it opens with
 * both. Each page of secrets is a transaction, and one that is done is skipped: run it again, and it goes on.
 */
export async function rotateMasterKey(actor: Actor): Promise<RotatedMasterKey> {
  const previous = previousMasterKey();
  if (previous === null)
    throw new Refusal(
      "conflict",
      "There is no key of before. Set DOMICILE_MASTER_KEY to the new key and DOMICILE_MASTER_KEY_PREVIOUS to the one there was, for every process.",
    );
  if (previous.equals(masterKey()))
    throw new Refusal("conflict", "DOMICILE_MASTER_KEY and DOMICILE_MASTER_KEY_PREVIOUS are the same key.");
  const state = await readMasterKeyState();
  const turned = state.standsOn === "previous";
  if (turned) await turn(actor, state);
  const secrets = { ...(await resealTenants()), secondFactors: await resealFactors() };
  await noteResealed(actor, secrets);
  return { turned, secrets };
}

const turn = deploymentMutation<MasterKeyState, void>({
  who: "admin",
  event: "deployment.master_key_changed",
  changesConfig: false,
  run: async ({ tx }, { fingerprint: before, carried, carriedFrom }) => {
    const next = {
      fingerprint: fingerprintOf(masterKey()),
      carriedKeys: sealCarried(carried, masterKey()),
      // The first key that digests were made with stays the one they are made with.
      carriedFrom: carriedFrom ?? before,
    };
    if (!(await replaceFingerprint(tx, before, next)))
      throw new Refusal("conflict", "Somebody else is changing the master key at this moment. Run it again.");
    const detail = {
      before: short(before),
      after: short(next.fingerprint),
      digestKey: short(next.carriedFrom),
    };
    return { output: undefined, subject: short(next.fingerprint), detail };
  },
});

const noteResealed = deploymentMutation<RotatedMasterKey["secrets"], void>({
  who: "admin",
  event: "deployment.secrets_resealed",
  changesConfig: false,
  run: async (_, secrets) => ({
    output: undefined,
    subject: short(fingerprintOf(masterKey())),
    detail: Object.fromEntries(
      Object.entries(secrets).map(([kind, { anew, already, lost }]) => [
        kind,
        `${anew} sealed anew, ${already} already, ${lost} lost`,
      ]),
    ),
  }),
});

/** Enough to tell one key from the next. */
const short = (fingerprint: string): string => fingerprint.slice(0, 8);

async function resealTenants(): Promise<Omit<RotatedMasterKey["secrets"], "secondFactors">> {
  const counts = { providerKeys: none(), accountKeys: none(), alertSecrets: none(), importParts: none() };
  for (const tenantId of await allTenantIds()) {
    for (const [kind, table, contextOf] of tables)
      await resealTable(counts[kind], tenantId, table, (id) => contextOf(tenantId, id));
    await resealParts(counts.importParts, tenantId);
  }
  return counts;
}

async function resealTable(
  count: Resealed,
  tenantId: string,
  table: SealedTable,
  contextOf: (id: string) => SealContext,
): Promise<void> {
  let after: string | undefined = nothing;
  while (after !== undefined) {
    const from: string = after;
    after = await withTenantSql(tenantScope(tenantId), async (sql) => {
      const rows = await sealedRows(sql, table, tenantId, from);
      for (const row of rows) {
        const anew = counted(count, () => resealSecret(row.sealed, contextOf(row.id)));
        if (anew) await replaceSealed(sql, table, tenantId, row, anew);
      }
      return rows.at(-1)?.id;
    });
  }
}

async function resealParts(count: Resealed, tenantId: string): Promise<void> {
  let after: { importId: string; seq: number } | undefined = { importId: nothing, seq: -1 };
  while (after !== undefined) {
    const from: { importId: string; seq: number } = after;
    after = await withTenantSql(tenantScope(tenantId), async (sql) => {
      const rows = await sealedParts(sql, tenantId, from);
      for (const row of rows) {
        const { importId, seq } = row;
        const anew = counted(count, () => resealPart(row.sealed, { tenantId, importId, seq }));
        if (anew) await replacePart(sql, tenantId, row, anew);
      }
      return rows.at(-1);
    });
  }
}

async function resealFactors(): Promise<Resealed> {
  const count = none();
  let rows = await sealedFactors(nothing);
  while (rows.length > 0) {
    for (const row of rows) {
      const { id: factorId, personId } = row;
      const anew = counted(count, () => resealSecret(row.sealed, { personId, factorId }));
      if (anew) await replaceFactor(row, anew);
    }
    rows = await sealedFactors(rows.at(-1)?.id ?? nothing);
  }
  return count;
}

const none = (): Resealed => ({ anew: 0, already: 0, lost: 0 });

/** One that opens under neither key is counted and left as it is: whoever has its key may still come. */
function counted(count: Resealed, reseal: () => Buffer | null): Buffer | null {
  try {
    const anew = reseal();
    count[anew === null ? "already" : "anew"] += 1;
    return anew;
  } catch {
    count.lost += 1;
    return null;
  }
}
