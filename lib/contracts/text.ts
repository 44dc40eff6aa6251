import { z } from "zod";

/** Text of one line. Without control characters and lone surrogates: the database keeps neither, no reader sees them. */
export const line = z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u, "It holds a control character.");

/** Text of several lines. */
export const prose = z
  .string()
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text.replace(/[\t\n\r]/g, "")), "It holds a control character.");
