import { genAiName } from "./match-operation.ts";
import type { Operation } from "./operation.ts";
import { operationRows } from "./operations-table.ts";

/** The operation of OpenAI's reference that has this name; null where none has. */
export function operationById(id: string): Operation | null {
  return byId.get(id) ?? null;
}

const byId: ReadonlyMap<string, Operation> = new Map(
  operationRows.map(([, , id, endpoint, carries]) => [
    id,
    { id, endpoint, genAiOperation: genAiName(id), carriesContent: carries === "content" },
  ]),
);
