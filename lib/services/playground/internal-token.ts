import { randomUUID } from "node:crypto";
import { z } from "zod";
import { signedToken } from "../secrets/signed-token.ts";

const claims = z.object({
  personId: z.uuid(),
  tenantId: z.uuid(),
  /** `policy`, a region code, or `global`. */
  target: z.string().min(1).max(253),
  /** The one stored key that may be sent; absent: whichever fits the host. */
  credentialId: z.uuid().optional(),
  /** Of this token and no other. */
  id: z.uuid(),
});

export type InternalClaims = z.infer<typeof claims>;

const token = signedToken({ prefix: "dompg", purpose: "playground", claims });

/** Lets the web process send one call of a person through the gateway, within a minute. */
export function signInternalToken(
  input: Omit<InternalClaims, "id"> & { readonly id?: string },
  now?: number,
): string {
  return token.sign({ ...input, id: input.id ?? randomUUID() }, now);
}

export const verifyInternalToken = token.verify;
