import { z } from "zod";
import { Refusal } from "../../../../lib/services/refusal.ts";

const answer = z.object({
  host: z.string().max(253),
  status: z.number().int().nullable(),
  errorCode: z.string().max(64).nullable(),
  suggestedHost: z.string().max(253).nullable(),
});
const answers = z.object({ own: answer, wrong: answer.nullable() });

/** Has our own gateway make the probe that the token permits. */
export async function askGateway(gatewayUrl: string, token: string): Promise<z.infer<typeof answers>> {
  const response = await fetch(new URL("/internal/pin-probe", gatewayUrl), {
    method: "POST",
    redirect: "error",
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(50_000),
  }).catch((cause: unknown) => {
    throw new Refusal("unavailable", "The gateway did not answer, so nothing is known. Try again.", {
      cause,
    });
  });
  if (response.status === 403)
    throw new Refusal(
      "conflict",
      "The gateway may not ask with this key: it was revoked, or is not for these hosts.",
    );
  if (!response.ok) throw new Refusal("unavailable", "The gateway could not ask. Try again.");
  return answers.parse(await response.json());
}
