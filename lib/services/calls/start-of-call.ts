import { parse } from "uuid";
import { isUuid } from "../access.ts";

/** When a call began, as its id says (the 48 bits of a UUIDv7, RFC 9562); null for what is no id of a call. */
export function startOfCall(id: string): Date | null {
  if (!isUuid(id)) return null;
  const bytes = Buffer.from(parse(id));
  return (bytes[6] ?? 0) >> 4 === 7 ? new Date(bytes.readUIntBE(0, 6)) : null;
}
