import { validate as isUuid, v7 } from "uuid";
import type { CreatedKey, RotateKeyInput } from "../../contracts/tenants.ts";
import { visibleKey } from "../../db/gateway-key.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { generateKey, hashKey } from "./key-format.ts";
import { keySummary } from "./key-summary.ts";

const hourMs = 3_600_000;

/**
 * A new key that may do what an old one may. The old one ends when its holders have had `overlapHours` to change, or at
 * its own end where that comes sooner. The new key is shown this once.
 */
export const rotateKey = mutation<
  RotateKeyInput & { readonly tenant: string; readonly keyId: string },
  CreatedKey
>({
  permission: "key:write",
  event: "key.rotated",
  changesConfig: true,
  run: async ({ tx, tenant, at }, { keyId, overlapHours }) => {
    const where = { tenantId: tenant.tenantId, id: keyId };
    const old = isUuid(keyId)
      ? await tx.gatewayKey.findFirst({ where, select: { ...visibleKey, applicationId: true } })
      : null;
    if (!old) throw new Refusal("not_found", "There is no such key.");
    if (old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= at))
      throw new Refusal("conflict", "This key has ended already. Make a new one.");
    const planned = new Date(at.getTime() + overlapHours * hourMs);
    const ends = old.expiresAt !== null && old.expiresAt < planned ? old.expiresAt : planned;
    await tx.gatewayKey.updateMany({ where, data: { expiresAt: ends } });
    const { lookupId, whole } = generateKey();
    const row = await tx.gatewayKey.create({
      data: {
        tenantId: tenant.tenantId,
        id: v7(),
        applicationId: old.applicationId,
        name: old.name,
        kind: old.kind,
        target: old.target,
        scopes: old.scopes,
        allowedFrom: old.allowedFrom,
        callsPerMinute: old.callsPerMinute,
        concurrentCalls: old.concurrentCalls,
        lookupId,
        secretHash: new Uint8Array(hashKey(whole)),
        createdAt: at,
      },
      select: visibleKey,
    });
    return {
      output: { key: keySummary(row), secret: whole },
      subject: row.id,
      detail: {
        name: old.name,
        application: old.application.name,
        replaces: keyId,
        endsAt: ends.toISOString(),
      },
    };
  },
});
