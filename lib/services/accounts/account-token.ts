import { z } from "zod";
import { isProjectId, usageProjectsMax } from "../../core/accounts/account-question.ts";
import { usageKinds } from "../../core/accounts/usage-kind.ts";
import { signedToken } from "../secrets/signed-token.ts";

const projectId = z.string().refine(isProjectId);
const hour = z.iso.datetime();

const question = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("project"), projectId }),
  z.object({ kind: z.literal("project_retention"), projectId }),
  z.object({ kind: z.literal("organization_retention") }),
  z.object({
    kind: z.literal("usage"),
    usage: z.enum(usageKinds),
    projectIds: z.array(projectId).min(1).max(usageProjectsMax).readonly(),
    from: hour,
    to: hour,
    page: z.string().min(1).max(200).nullable(),
  }),
]);

/** Lets the worker have one question of one account asked by a gateway, which alone may open the admin key. */
export const { sign: signAccountToken, verify: verifyAccountToken } = signedToken({
  prefix: "domac",
  purpose: "account",
  claims: z.object({ tenantId: z.uuid(), accountId: z.uuid(), question }),
});
