import { z } from "zod";
import { signedToken } from "../secrets/signed-token.ts";

/** Lets the web process have a gateway open and close one connection. Nothing is sent on it. */
export const { sign: signConnectionToken, verify: verifyConnectionToken } = signedToken({
  prefix: "dompc",
  purpose: "connection",
  claims: z.object({
    tenantId: z.uuid(),
    credentialId: z.uuid(),
    /** One of the credential's hosts. */
    host: z.string().min(1).max(253),
  }),
});
