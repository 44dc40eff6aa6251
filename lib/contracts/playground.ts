import { z } from "zod";

export const playgroundInput = z.object({
  tenant: z.string().min(1).max(64),
  /** `policy`, a region code, or `global`. */
  target: z.string().min(1).max(16),
  model: z.string().trim().min(1).max(120),
  prompt: z.string().min(1).max(8000),
});
export type PlaygroundInput = z.infer<typeof playgroundInput>;
