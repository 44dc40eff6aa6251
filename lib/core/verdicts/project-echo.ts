import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { Pin } from "../policies/policy.ts";

/** Whether the project that the answer names (`openai-project`) is the one the pin speaks of. */
export function projectEcho({ echo }: AttemptFacts, { projectId }: Pin): "joined" | "differs" | "unsaid" {
  if (projectId === undefined || projectId === null || echo.projectId === null) return "unsaid";
  return projectId === echo.projectId ? "joined" : "differs";
}
