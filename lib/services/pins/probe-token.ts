import { z } from "zod";
import { signedToken } from "../secrets/signed-token.ts";

const claims = z.object({
  tenantId: z.uuid(),
  credentialId: z.uuid(),
  /** The project's own host, and a documented wrong one. */
  own: z.string().min(1).max(253),
  wrong: z.string().min(1).max(253),
});

export type ProbeClaims = z.infer<typeof claims>;

/** Lets the web process have one probe made by a gateway, which alone may open the key. */
export const { sign: signProbeToken, verify: verifyProbeToken } = signedToken({
  prefix: "dompp",
  purpose: "pin-probe",
  claims,
});
