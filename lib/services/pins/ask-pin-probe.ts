import { z } from "zod";
import { askGateway } from "../gateway-client/ask-gateway.ts";
import { Refusal } from "../refusal.ts";

const answer = z.object({
  host: z.string().max(253),
  status: z.number().int().nullable(),
  errorCode: z.string().max(64).nullable(),
  suggestedHost: z.string().max(253).nullable(),
});
const answers = z.object({ own: answer, wrong: answer.nullable() });

const answerMs = 50_000;

/** Has our own gateway make the probe that the token permits. */
export async function askPinProbe(gatewayUrl: string, token: string): Promise<z.infer<typeof answers>> {
  const asked = await askGateway({
    gatewayUrl,
    path: "/internal/pin-probe",
    method: "POST",
    token,
    signal: AbortSignal.timeout(answerMs),
  });
  if (asked.response === null) {
    const { cause } = asked;
    throw new Refusal("unavailable", "The gateway did not answer, so nothing is known. Try again.", {
      cause,
    });
  }
  const { response } = asked;
  if (response.status === 403)
    throw new Refusal(
      "conflict",
      "The gateway may not ask with this key: it was revoked, or is not for these hosts.",
    );
  if (!response.ok) throw new Refusal("unavailable", "The gateway could not ask. Try again.");
  return answers.parse(await response.json());
}
