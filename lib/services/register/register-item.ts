import { documentText } from "../../core/regions/document-text.ts";
import type { RegisterContent, RegisterItem } from "../../core/register/register.ts";
import type { RegisterVersionRow } from "../../db/register-version.ts";
import { sha256Hex } from "../secrets/canonical-json.ts";

/** An item as it was recorded. Throws where the stored content is another one than was hashed. */
export function registerItem({ itemId, version, content, sha256 }: RegisterVersionRow): RegisterItem {
  const recorded = content as RegisterContent;
  if (sha256Hex(documentText(recorded)) !== sha256)
    throw new Error(`Item ${itemId} of a register holds something else than was recorded.`);
  return { id: itemId, version, content: recorded, sha256 };
}
