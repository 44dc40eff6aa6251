import type { BootBody } from "../core/ledger/entries/boot-body.ts";
import { rangesOf } from "../core/ledger/entries/number-ranges.ts";
import type { IntentNumber } from "./intents.ts";

type NumberedIntent = IntentNumber & { readonly tenantId: string };

/** What of a tenant has happened since the last word about it. */
export type TenantWord = { readonly tenantId: string; readonly body: BootBody; readonly version: number };

/**
 * The numbers of this boot, per tenant: which are durable, and which of those have no recorded call yet.
 *
 * A number leaves the open ones when the store has said that its call is recorded, and not before: whoever repeats what
 * stands here says nothing that the log does not hold.
 */
export type OpenNumbers = {
  /** Forgets an earlier boot: the sweeper has the last word about it. */
  startBoot(bootId: string): void;
  /** Intents that the store holds now; in the order of their numbers. */
  durable(intents: readonly NumberedIntent[]): void;
  /** The call of this number has its entry. May come before `durable`, where a write was in doubt. */
  recorded(intent: NumberedIntent): void;
  /** Tenants of which something is new since they were last said; `busyFrom`: only those with that many recorded calls. */
  unsaid(busyFrom?: number): TenantWord[];
  said(word: TenantWord): void;
};

type Tenant = {
  issuedTo: number;
  readonly open: Set<number>;
  /** Recorded under a number that is not known to be durable. */
  readonly early: Set<number>;
  /** Raised with every change. */
  version: number;
  saidVersion: number;
  recordedSince: number;
};

export function createOpenNumbers(): OpenNumbers {
  let bootId: string | null = null;
  const tenants = new Map<string, Tenant>();
  const tenantOf = (tenantId: string): Tenant => {
    const known = tenants.get(tenantId) ?? newTenant();
    tenants.set(tenantId, known);
    return known;
  };
  return {
    startBoot(next) {
      bootId = next;
      tenants.clear();
    },
    durable(intents) {
      for (const { bootId: boot, tenantId, n } of intents) {
        if (boot !== bootId) continue;
        const tenant = tenantOf(tenantId);
        tenant.issuedTo = Math.max(tenant.issuedTo, n);
        tenant.version += 1;
        if (!tenant.early.delete(n)) tenant.open.add(n);
      }
    },
    recorded({ bootId: boot, tenantId, n }) {
      if (boot !== bootId) return;
      const tenant = tenantOf(tenantId);
      if (!tenant.open.delete(n) && n > tenant.issuedTo) tenant.early.add(n);
      tenant.version += 1;
      tenant.recordedSince += 1;
    },
    unsaid(busyFrom = 0) {
      const boot = bootId;
      if (boot === null) return [];
      return [...tenants]
        .filter(([, tenant]) => tenant.version > tenant.saidVersion && tenant.recordedSince >= busyFrom)
        .filter(([, tenant]) => tenant.issuedTo > 0)
        .map(([tenantId, { issuedTo, open, version }]) => ({
          tenantId,
          body: { boot, issuedTo, open: { ranges: rangesOf(open), count: open.size } },
          version,
        }));
    },
    said({ tenantId, body, version }) {
      const tenant = tenants.get(tenantId);
      if (body.boot !== bootId || tenant === undefined) return;
      tenant.saidVersion = Math.max(tenant.saidVersion, version);
      tenant.recordedSince = 0;
    },
  };
}

function newTenant(): Tenant {
  return { issuedTo: 0, open: new Set(), early: new Set(), version: 0, saidVersion: 0, recordedSince: 0 };
}
