import type { ErasureInput, SubjectInput, SubjectTrace } from "../../contracts/retention.ts";
import { insertErasureSubject, openingsOfSubject } from "../../db/retention.ts";
import { sqlOf, withTenantSql } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { subjectIndexOf } from "../ledger/opening.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { insertRequest } from "./request-retention.ts";

export type RequestedErasure = SubjectTrace & { readonly id: string };

/**
 * Asks for one person's openings to be erased, across the tenant's whole log. The identifier becomes an HMAC under the
 * tenant's key before anything is written, and is in no row, entry or line of a log.
 */
export async function requestErasure(
  actor: Actor,
  { endUser, ...input }: ErasureInput,
  options: MutationOptions = {},
): Promise<RequestedErasure> {
  const { tenantId } = await tenantFor(actor, "retention:propose", input.tenant);
  return request(actor, { ...input, subjectIndex: subjectIndexOf(tenantId, endUser) }, options);
}

/** How much the log holds of one person. The same identifier always finds the same, and nothing else does. */
export async function findSubject(actor: Actor, { tenant, endUser }: SubjectInput): Promise<SubjectTrace> {
  const { tenantId } = await tenantFor(actor, "retention:propose", tenant);
  return withTenantSql({ read: [tenantId], write: null }, (sql) =>
    openingsOfSubject(sql, tenantId, subjectIndexOf(tenantId, endUser)),
  );
}

type Wish = Omit<ErasureInput, "endUser"> & { readonly subjectIndex: Uint8Array<ArrayBuffer> };

const request = mutation<Wish, RequestedErasure>({
  permission: "retention:propose",
  event: "erasure.requested",
  changesConfig: false,
  run: async (context, { reference, basis, reason, subjectIndex }) => {
    const { tenantId } = context.tenant;
    const found = await openingsOfSubject(sqlOf(context.tx), tenantId, subjectIndex);
    const { id } = await insertRequest(context, { kind: "erasure", reference, basis, reason });
    await insertErasureSubject(context.tx, { tenantId, requestId: id, subjectIndex });
    return {
      output: { id, ...found },
      subject: id,
      detail: {
        request: "erasure",
        reference,
        basis,
        reason,
        openings: found.openings,
        entries: found.entries,
      },
    };
  },
});
