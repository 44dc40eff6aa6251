import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccountOutcome } from "../core/accounts/account-outcome.ts";
import { type AccountQuestion, accountHost, pathOfQuestion } from "../core/accounts/account-question.ts";
import { verifyAccountToken } from "../services/accounts/account-token.ts";
import type { OpenAccount } from "../services/accounts/open-account.ts";
import { readProviderAnswer } from "../services/accounts/read-provider-answer.ts";
import type { Gateway } from "./gateway.ts";
import { answerInternal } from "./internal-request.ts";
import { type OutgoingRequest, startAttempt } from "./upstream/attempt.ts";
import type { Dialler } from "./upstream/dialler.ts";

type Asker = Pick<Gateway, "diallers" | "log"> & {
  /** null: the account is none of the tenant's, or was revoked. */
  readonly open: (tenantId: string, accountId: string) => Promise<OpenAccount | null>;
};

type Answer = { readonly outcome: AccountOutcome; readonly body: object | null };

const answerMs = 40_000;
const readBytesMax = 4 * 1024 * 1024;

/**
 * One question of an organization's account, asked for our own worker with the stored admin key: a `GET` at the
 * provider's global host, whatever anybody says. What comes back is read here, and nothing but what was read goes on.
 * False: the request is no such question.
 */
export function answerAccountQuestion(
  request: IncomingMessage,
  response: ServerResponse,
  asker: Asker,
): boolean {
  return answerInternal(request, response, {
    path: "/internal/account",
    log: asker.log,
    failed: "a question of an account failed",
    run: (token) => answer(token, asker),
  });
}

async function answer(token: string, asker: Asker): Promise<{ status: number; body: Answer | object }> {
  const claims = verifyAccountToken(token);
  if (claims === null) return { status: 401, body: {} };
  const { tenantId, accountId, question } = claims;
  const account = await asker.open(tenantId, accountId);
  if (account === null) return { status: 200, body: closed };
  // trust: live and simulated never mix, whatever was stored.
  if (account.secret.startsWith("sk-admin-sim-") !== (account.mode === "simulated"))
    return { status: 200, body: closed };
  const dialler = account.mode === "live" ? asker.diallers.live : asker.diallers.simulated;
  return { status: 200, body: await ask(dialler, account.secret, question) };
}

const closed: Answer = { outcome: "account_closed", body: null };

/** Redirects are not followed: what is no success is none. */
async function ask(dialler: Dialler, secret: string, question: AccountQuestion): Promise<Answer> {
  const { status, text } = await get(dialler, {
    host: accountHost,
    method: "GET",
    path: pathOfQuestion(question),
    headers: { authorization: `Bearer ${secret}`, accept: "application/json", "accept-encoding": "identity" },
    body: { kind: "none" },
  });
  const outcome = outcomeOf(status);
  if (outcome !== "ok") return { outcome, body: null };
  const body = text === null ? null : readProviderAnswer(question, jsonOf(text));
  return body === null ? { outcome: "answer_unreadable", body } : { outcome, body };
}

/** `text` null: it was longer than we read, or broke off. */
function get(
  dialler: Dialler,
  outgoing: OutgoingRequest,
): Promise<{ status: number | null; text: string | null }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => attempt.abort("idle"), answerMs);
    const attempt = startAttempt(dialler, outgoing, {
      answered: () => undefined,
      data: (chunk) => {
        bytes += chunk.byteLength;
        if (bytes <= readBytesMax) chunks.push(chunk);
        else attempt.abort(null);
        return true;
      },
      ended: (error) => {
        clearTimeout(timer);
        const { status } = attempt.seen;
        resolve({ status, text: error === null ? Buffer.concat(chunks).toString("utf8") : null });
      },
    });
  });
}

function outcomeOf(status: number | null): AccountOutcome {
  if (status === null) return "unreachable";
  if (status >= 200 && status < 300) return "ok";
  return refusals[status] ?? "provider_failed";
}

const refusals: Readonly<Record<number, AccountOutcome>> = {
  401: "key_refused",
  403: "not_permitted",
  404: "not_found",
  429: "too_many_requests",
};

/** trust: the provider's words, or anybody's. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
