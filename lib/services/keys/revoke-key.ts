import { visibleKey } from "../../db/gateway-key.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";

/** Ends a key. Gateways refuse it within five seconds. Ending it twice changes nothing. */
export const revokeKey = mutation<{ readonly tenant: string; readonly keyId: string }, { revokedAt: string }>(
  {
    permission: "key:write",
    event: "key.revoked",
    changesConfig: true,
    run: async ({ tx, tenant, at }, { keyId }) => {
      const where = { tenantId: tenant.tenantId, id: keyId };
      const key = isUuid(keyId) ? await tx.gatewayKey.findFirst({ where, select: visibleKey }) : null;
      if (!key) throw new Refusal("not_found", "There is no such key.");
      const revokedAt = key.revokedAt ?? at;
      await tx.gatewayKey.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt } });
      return {
        output: { revokedAt: revokedAt.toISOString() },
        subject: keyId,
        detail: { name: key.name, application: key.application.name },
      };
    },
  },
);
