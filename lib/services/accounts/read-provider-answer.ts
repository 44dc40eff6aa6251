import { z } from "zod";
import type {
  AccountQuestion,
  AnswerOf,
  UsageQuestion,
  UsageRow,
} from "../../core/accounts/account-question.ts";
import { timeText } from "../../core/time-text.ts";
import { accountAnswers } from "./account-answers.ts";

/**
 * Reads what the provider answered. Answers the words and figures of the question and nothing else; null where the
 * answer is not of the documented shape, or speaks of something that was not asked.
 *
 * Shapes: client `openai` 7.57.0, `resources/admin/organization`, read 2026-11-30.
 */
export function readProviderAnswer<Question extends AccountQuestion>(
  question: Question,
  json: unknown,
): AnswerOf<Question> | null {
  // What the type cannot say is that the kind read is the question's.
  return read(question, json) as AnswerOf<Question> | null;
}

function read(question: AccountQuestion, json: unknown): AnswerOf<AccountQuestion> | null {
  switch (question.kind) {
    case "project":
      return readProject(question.projectId, json);
    case "project_retention":
    case "organization_retention": {
      const said = retention.safeParse(json);
      return said.success ? { retention: said.data.type } : null;
    }
    case "usage":
      return readUsage(question, json);
  }
}

/** A word of the provider's: never free text. */
const word = z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/);

const project = z.object({
  id: z.string(),
  name: z.string().nullish(),
  status: word.max(40).nullish(),
  residency: word.nullish(),
});

function readProject(projectId: string, json: unknown): AnswerOf<AccountQuestion> | null {
  const said = project.safeParse(json);
  if (!said.success || said.data.id !== projectId) return null;
  const { id, name, status, residency } = said.data;
  return { id, name: shortened(name ?? ""), status: status ?? null, residency: residency ?? null };
}

/** A name that people gave: one line of it, null where nothing is left. */
function shortened(name: string): string | null {
  const line = name
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .trim()
    .slice(0, 120);
  return line === "" ? null : line;
}

const retention = z.object({ type: word });

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const usage = z.object({
  data: z
    .array(
      z.object({
        /** Unix seconds. */
        start_time: count.max(32_503_680_000),
        results: z.array(
          z.object({
            num_model_requests: count,
            project_id: z.string(),
            model: z.string().nullish(),
            batch: z.boolean().nullish(),
            input_tokens: count.nullish(),
            output_tokens: count.nullish(),
          }),
        ),
      }),
    )
    .max(200),
  has_more: z.boolean(),
  next_page: z.string().nullish(),
});

function readUsage(question: UsageQuestion, json: unknown): AnswerOf<UsageQuestion> | null {
  const said = usage.safeParse(json);
  if (!said.success) return null;
  const { data, has_more, next_page } = said.data;
  const rows = data.flatMap(({ start_time, results }) =>
    results.map(
      (each): UsageRow => ({
        projectId: each.project_id,
        hour: timeText(start_time * 1000),
        model: each.model ?? null,
        batch: each.batch ?? null,
        requests: each.num_model_requests,
        inputTokens: each.input_tokens ?? null,
        outputTokens: each.output_tokens ?? null,
      }),
    ),
  );
  const next = has_more ? (next_page ?? null) : null;
  // More that cannot be asked for would be figures too low.
  if (has_more && next === null) return null;
  // Of other projects nothing is wanted, also where they are told.
  const wanted = rows.filter(({ projectId }) => question.projectIds.includes(projectId));
  const { from, to } = question;
  if (wanted.some(({ hour }) => hour < timeText(Date.parse(from)) || hour >= timeText(Date.parse(to))))
    return null;
  const answer = accountAnswers.usage.safeParse({ rows: wanted, next });
  return answer.success ? answer.data : null;
}
