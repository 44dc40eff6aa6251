import { z } from "zod";
import type { AccountQuestion, AnswerOf } from "../../core/accounts/account-question.ts";

const count = z.number().int().nonnegative();
const retention = z.object({ retention: z.string().min(1).max(80) });

/** What the gateway answers of a question, and nothing besides: words and figures, each bounded. */
export const accountAnswers = {
  project: z.object({
    id: z.string().min(1).max(64),
    name: z.string().max(200).nullable(),
    status: z.string().max(40).nullable(),
    residency: z.string().max(80).nullable(),
  }),
  project_retention: retention,
  organization_retention: retention,
  usage: z.object({
    rows: z
      .array(
        z.object({
          projectId: z.string().min(1).max(64),
          hour: z.iso.datetime(),
          model: z.string().max(200).nullable(),
          batch: z.boolean().nullable(),
          requests: count,
          inputTokens: count.nullable(),
          outputTokens: count.nullable(),
        }),
      )
      .max(50_000),
    next: z.string().min(1).max(200).nullable(),
  }),
} satisfies { [Kind in AccountQuestion["kind"]]: z.ZodType<AnswerOf<AccountQuestion & { kind: Kind }>> };
