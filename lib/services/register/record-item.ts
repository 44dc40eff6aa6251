import { v7 } from "uuid";
import type { ChangeItemInput, RecordItemInput, WithdrawItemInput } from "../../contracts/register.ts";
import { documentText } from "../../core/regions/document-text.ts";
import { checkContent } from "../../core/register/check-content.ts";
import type { RegisterContent } from "../../core/register/register.ts";
import { registerItemTitle, registerKinds } from "../../core/register/register-kinds.ts";
import {
  countRegisterItems,
  insertRegisterVersion,
  newestRegisterVersion,
} from "../../db/register-version.ts";
import { isUuid } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type Change, type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { sha256Hex } from "../secrets/canonical-json.ts";
import { once } from "../two-people.ts";

const raced = "Somebody else has just changed this item.";

/** A register holds so many items at most: a report prints them all. */
const itemsMax = 500;

export type RecordedItem = { readonly id: string; readonly version: number; readonly sha256: string };

/** Puts a contract or a statement into a tenant's register. Its hash goes into the tenant's ledger. */
export function recordItem(
  actor: Actor,
  input: RecordItemInput,
  options: MutationOptions = {},
): Promise<RecordedItem> {
  const { title } = registerKinds[input.kind];
  return once(`${title}: there is one already. Change that one.`, () => record(actor, input, options));
}

/** Records the next version of an item. The earlier ones stay readable. */
export function changeItem(
  actor: Actor,
  input: ChangeItemInput & { readonly id: string },
  options: MutationOptions = {},
): Promise<RecordedItem> {
  return once(raced, () => change(actor, input, options));
}

/** Takes an item out of what counts, by a version that says so. It stays readable. */
export function withdrawItem(
  actor: Actor,
  input: WithdrawItemInput & { readonly id: string },
  options: MutationOptions = {},
): Promise<RecordedItem> {
  return once(raced, () => withdraw(actor, input, options));
}

const record = mutation<RecordItemInput, RecordedItem>({
  permission: "register:write",
  event: "register.recorded",
  changesConfig: false,
  run: async (context, { kind, fields, document }) => {
    if ((await countRegisterItems(context.tx, context.tenant.tenantId)) >= itemsMax)
      throw new Refusal("conflict", `A register holds ${itemsMax} items at most.`);
    const content: RegisterContent = { v: 1, kind, state: "recorded", fields, document };
    return add(context, { id: v7(), version: 1, content, reason: null });
  },
});

const change = mutation<ChangeItemInput & { readonly id: string }, RecordedItem>({
  permission: "register:write",
  event: "register.changed",
  changesConfig: false,
  run: async (context, { id, baseVersion, fields, document, reason }) => {
    const newest = await demandNewest(context, id, baseVersion);
    const content: RegisterContent = { v: 1, kind: newest.kind, state: "recorded", fields, document };
    if (sha256Hex(documentText(content)) === newest.sha256)
      throw new Refusal("invalid_input", `This is version ${baseVersion}, word for word.`);
    return add(context, { id, version: baseVersion + 1, content, reason });
  },
});

const withdraw = mutation<WithdrawItemInput & { readonly id: string }, RecordedItem>({
  permission: "register:write",
  event: "register.withdrawn",
  changesConfig: false,
  run: async (context, { id, baseVersion, reason }) => {
    const { content } = await demandNewest(context, id, baseVersion);
    if (content.state === "withdrawn") throw new Refusal("conflict", "This item was withdrawn already.");
    return add(context, {
      id,
      version: baseVersion + 1,
      content: { ...content, state: "withdrawn" },
      reason,
    });
  },
});

type Version = {
  readonly id: string;
  readonly version: number;
  readonly content: RegisterContent;
  readonly reason: string | null;
};

/**
 * The event names the content by its hash: whoever holds a printed register holds it against the log. People are not in
 * the event; the hash alone speaks of them.
 */
async function add(
  { tx, tenant, actor, actorName, eventId, at }: MutationContext & { tenant: { tenantId: string } },
  { id, version, content, reason }: Version,
): Promise<Change<RecordedItem>> {
  const problems = checkContent(content);
  if (problems.length > 0)
    throw new Refusal("invalid_input", "Some fields of this item do not hold what they are for.", {
      fields: problems.map(({ field, message }) => ({
        field: field === "document" ? field : `fields.${field}`,
        message,
      })),
    });
  const sha256 = sha256Hex(documentText(content));
  await insertRegisterVersion(tx, {
    tenantId: tenant.tenantId,
    itemId: id,
    version,
    kind: content.kind,
    content,
    sha256,
    reason,
    createdAt: at,
    createdBy: actorName,
    createdById: actor.kind === "person" ? actor.personId : null,
    eventId,
  });
  return {
    output: { id, version, sha256 },
    subject: id,
    detail: {
      item: id,
      version,
      itemKind: content.kind,
      title: registerItemTitle(content.kind, content.fields),
      contentSha256: sha256,
      documentSha256: content.document?.sha256 ?? null,
      reason,
    },
  };
}

async function demandNewest(
  { tx, tenant }: MutationContext & { tenant: { tenantId: string } },
  id: string,
  baseVersion: number,
): Promise<{ kind: RegisterContent["kind"]; sha256: string; content: RegisterContent }> {
  const newest = isUuid(id) ? await newestRegisterVersion(tx, tenant.tenantId, id) : null;
  if (!newest) throw new Refusal("not_found", "There is no such item in the register.");
  if (newest.version !== baseVersion)
    throw new Refusal(
      "conflict",
      `Version ${newest.version} was recorded in the meantime. Look at it and begin again from there.`,
    );
  const content = newest.content as unknown as RegisterContent;
  return { kind: content.kind, sha256: newest.sha256, content };
}
