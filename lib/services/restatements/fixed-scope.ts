import type { FixedMethod, RestatementScope } from "../../contracts/restatements.ts";
import { unknownPin } from "../../core/policies/policy.ts";
import { applicationsById } from "../../db/application.ts";
import { newestVersion } from "../../db/catalog-version.ts";
import { newestPins } from "../../db/pin.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { Refusal } from "../refusal.ts";
import { lastDays, spanOf } from "../window.ts";
import type { StoredScope } from "./restate-scope.ts";

const daysMax = 400;

/** The scope a person asked for, with names as ids and with the very catalog or pin it will be judged by. */
export async function fixedScope(tenantId: string, input: RestatementScope, now: Date): Promise<StoredScope> {
  const span = lastDays(spanOf({ range: "30d", from: input.from, to: input.to }, now), daysMax);
  const applicationIds = input.applications.length === 0 ? null : await idsOf(tenantId, input.applications);
  const asked = (values: readonly string[]) => (values.length === 0 ? null : values);
  return {
    tenantId,
    span,
    filter: { hosts: asked(input.hosts), models: asked(input.models), applicationIds },
    method: await fixMethod(tenantId, input.method, now),
  };
}

async function fixMethod(
  tenantId: string,
  method: RestatementScope["method"],
  now: Date,
): Promise<FixedMethod> {
  if (method.kind === "notice") return method;
  if (method.kind === "catalog") {
    const newest = await newestVersion();
    if (newest && method.version <= newest.version) return method;
    throw refused("method.version", `There is no catalog version ${method.version}.`);
  }
  const { credentialId } = method;
  const stated = await withTenantSql({ read: [tenantId], write: null }, async (sql) =>
    (await newestPins(sql, tenantId, now)).get(credentialId),
  );
  if (!stated || stated.kind === "unknown")
    throw refused("method.credentialId", "Nothing is known of this key's project: record the pin first.");
  const { kind, region, source, since, attestedBy } = stated;
  return { kind: "pin", credentialId, pin: { ...unknownPin, kind, region, source, since, attestedBy } };
}

async function idsOf(tenantId: string, names: readonly string[]): Promise<string[]> {
  const all = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
    applicationsById(sql, [tenantId]),
  );
  const unknown = names.filter((name) => ![...all.values()].some((each) => each.name === name));
  if (unknown.length > 0)
    throw refused(
      "applications",
      `There is no application ${unknown.map((name) => `“${name}”`).join(", ")}.`,
    );
  return [...all].filter(([, { name }]) => names.includes(name)).map(([id]) => id);
}

function refused(field: string, message: string): Refusal {
  return new Refusal("invalid_input", message, { fields: [{ field, message }] });
}
