import { randomUUID } from "node:crypto";
import { asObject, type JsonObject } from "../../../core/calls/json-fields.ts";

export function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll("-", "")}`;
}

export function readEvent(data: Buffer): JsonObject | null {
  try {
    return asObject(JSON.parse(data.toString("utf8")));
  } catch {
    return null;
  }
}
