import { z } from "zod";
import { signedToken } from "../secrets/signed-token.ts";

/** Lets the worker ask about one object through the gateway. */
export const { sign: signUpkeepToken, verify: verifyUpkeepToken } = signedToken({
  prefix: "domup",
  purpose: "upkeep",
  claims: z.object({
    tenantId: z.uuid(),
    /** Whose object is asked about. */
    applicationId: z.uuid(),
    /** The host at which the object was born, and no other. */
    host: z.string().min(1).max(253),
    /** The one operation and path that the token is good for. */
    operation: z.string().min(1).max(64),
    path: z.string().min(1).max(300),
  }),
});
