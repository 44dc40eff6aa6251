import { expect, it } from "vitest";
import { type Attempt, startAttempt } from "./attempt.ts";
import type { Dialler } from "./dialler.ts";

it("a dispatch that throws at once ends the attempt, after whoever began it holds it", async () => {
  const refused = new Error("The request cannot be sent.");
  const dialler = {
    dispatch: () => {
      throw refused;
    },
  } as unknown as Dialler;
  let attempt: Attempt | null = null;
  const ended = await new Promise<{ error: Error | null; held: boolean }>((resolve) => {
    attempt = startAttempt(
      dialler,
      { host: "eu.api.openai.com", method: "GET", path: "/v1/models", headers: {}, body: { kind: "none" } },
      {
        answered: () => expect.unreachable(),
        data: () => expect.unreachable(),
        ended: (error) => resolve({ error, held: attempt !== null }),
      },
    );
  });
  expect(ended).toEqual({ error: refused, held: true });
  expect((attempt as Attempt | null)?.seen).toMatchObject({ progress: "not_sent", status: null });
});
