import { savePolicy } from "../services/policies/save-policy.ts";
import type { GatewayWorld, WorldTenant } from "./gateway-world.ts";

/** Saves a policy that says otherwise in these members; in force a moment later, not the usual 30 s. */
export async function changePolicy(
  world: GatewayWorld,
  { id, slug }: WorldTenant,
  changes: object,
): Promise<void> {
  const [newest] = await world.sql<{ version: number; body: object }>(
    id,
    "select version, body from policy_version where tenant_id = $1 order by version desc limit 1",
    [id],
  );
  const saved = await world.as("web", () =>
    savePolicy(
      { kind: "system", job: "test" },
      {
        tenant: slug,
        policy: { ...newest?.body, ...changes },
        reason: "For the test.",
        baseVersion: newest?.version ?? 0,
      },
      { at: new Date(Date.now() - 29_900) },
    ),
  );
  if (saved.kind !== "saved") throw new Error("This change needs a second person.");
}
