import { z } from "zod";
import type { ResourcePosition } from "../../db/resource.ts";
import { Refusal } from "../refusal.ts";

const position = z.tuple([z.number().int(), z.string().max(32), z.string().max(256)]);

/** A place in the list of objects, opaque. */
export function writeResourcePosition({ firstSeenAt, kind, objectId }: ResourcePosition): string {
  return Buffer.from(JSON.stringify([firstSeenAt.getTime(), kind, objectId])).toString("base64url");
}

/** trust: a cursor comes from a URL; whatever is not of our form is refused. */
export function readResourcePosition(cursor: string): ResourcePosition {
  try {
    const [at, kind, objectId] = position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const firstSeenAt = new Date(at);
    if (Number.isNaN(firstSeenAt.getTime())) throw new Error("There is no such moment.");
    return { firstSeenAt, kind, objectId };
  } catch (cause) {
    throw new Refusal("invalid_input", "This page of the list cannot be found. Start again from the top.", {
      cause,
    });
  }
}
