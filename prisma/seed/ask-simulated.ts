import path from "node:path";
import { pathOfQuestion } from "../../lib/core/accounts/account-question.ts";
import { adminReply } from "../../lib/providers/simulated/organization/answer-organization.ts";
import { countedIn } from "../../lib/providers/simulated/organization/usage-journal.ts";
import type { AskProvider } from "../../lib/services/accounts/ask-provider.ts";
import { readProviderAnswer } from "../../lib/services/accounts/read-provider-answer.ts";

/** The folder in which the simulated provider keeps what it counted. */
export function providerFolder(home: string): string {
  return path.join(home, "provider");
}

/** Asks what the simulated provider has in its folder, as it would answer: the story's readings were made before it ran. */
export function askSimulated(home: string): AskProvider {
  const journal = { read: () => countedIn(providerFolder(home)) };
  return async ({ question }) => {
    const { status, body } = adminReply(pathOfQuestion(question), journal);
    if (status !== 200) return { outcome: status === 404 ? "not_found" : "provider_failed", body: null };
    const read = readProviderAnswer(question, body);
    return read === null ? { outcome: "answer_unreadable", body: null } : { outcome: "ok", body: read };
  };
}
