import { z } from "zod";
import { type AccountOutcome, accountOutcomes } from "../../core/accounts/account-outcome.ts";
import type { AccountQuestion, AnswerOf } from "../../core/accounts/account-question.ts";
import { askGateway } from "../gateway-client/ask-gateway.ts";
import { accountAnswers } from "./account-answers.ts";
import { signAccountToken } from "./account-token.ts";

export type AskedAccount<Question extends AccountQuestion> = {
  readonly tenantId: string;
  readonly accountId: string;
  readonly question: Question;
};

/** `body` is there exactly with `ok`. */
export type AccountAnswer<Question extends AccountQuestion> =
  | { readonly outcome: "ok"; readonly body: AnswerOf<Question> }
  | { readonly outcome: Exclude<AccountOutcome, "ok">; readonly body: null };

/** `askProvider` of one gateway; tests put their own in its place. */
export type AskProvider = <Question extends AccountQuestion>(
  asked: AskedAccount<Question>,
) => Promise<AccountAnswer<Question>>;

/** Longer than the gateway waits for the provider. */
const answerMs = 50_000;

const answered = z.object({ outcome: z.enum(accountOutcomes), body: z.unknown() });

/** Has our own gateway ask one question of an account. Every end is an outcome; nothing is thrown. */
export async function askProvider<Question extends AccountQuestion>(
  gatewayUrl: string,
  { tenantId, accountId, question }: AskedAccount<Question>,
): Promise<AccountAnswer<Question>> {
  const failed = (outcome: Exclude<AccountOutcome, "ok">) => ({ outcome, body: null });
  const asked = await askGateway({
    gatewayUrl,
    path: "/internal/account",
    method: "POST",
    token: signAccountToken({ tenantId, accountId, question }),
    signal: AbortSignal.timeout(answerMs),
  });
  if (asked.response === null) return failed("gateway_away");
  const json: unknown = await asked.response.json().catch(() => null);
  const said = answered.safeParse(json);
  if (!asked.response.ok || !said.success) return failed("gateway_away");
  if (said.data.outcome !== "ok") return failed(said.data.outcome);
  const body = accountAnswers[question.kind].safeParse(said.data.body);
  // Checked for this very kind; what the type cannot say is that the kind is the question's.
  return body.success
    ? { outcome: "ok", body: body.data as AnswerOf<Question> }
    : failed("answer_unreadable");
}
