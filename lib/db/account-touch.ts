import { v7 } from "uuid";
import type { PrismaTransaction } from "./with-tenant.ts";
import { sqlOf } from "./with-tenant.ts";

/** What one person can do to the account of another that may put it into his hands. */
export type AccountTouchKind =
  | "account_made"
  | "account_enabled"
  | "password_reset"
  | "second_factor_reset"
  | "identity_bound"
  | "membership_made"
  | "role_changed";

export type NewAccountTouch = {
  readonly personId: string;
  readonly kind: AccountTouchKind;
  readonly byId: string;
  readonly byName: string;
  readonly at: Date;
};

/** Read by newestTie and accountMaker: what somebody did to another's account. */
export async function insertAccountTouch(tx: PrismaTransaction, row: NewAccountTouch): Promise<void> {
  await tx.accountTouch.createMany({ data: [{ id: v7(), ...row }] });
}

/** Read by addMember: who made an account; null where no person did. */
export async function accountMaker(tx: PrismaTransaction, personId: string) {
  return tx.accountTouch.findFirst({
    where: { personId, kind: "account_made" },
    select: { byName: true, at: true },
  });
}

export type Tie = {
  readonly kind: AccountTouchKind;
  /** When the account was touched last by the other one, or by somebody who was in his hands then. */
  readonly at: Date;
  /** Since when the person has a way in of his own, a password or an account of the identity provider; null: he has none. */
  readonly ownSince: Date | null;
};

const ownSince = `greatest(p.password_own_since,
  (SELECT max(i.created_at) FROM person_identity i WHERE i.person_id = p.id AND i.ended_at IS NULL))`;

/**
 * Read by demandTwo: the newest touch by which one person's account may be in another's hands, directly or through accounts
 * that had no way in of their own for `settleHours` when they touched the next one.
 */
export async function newestTie(
  tx: PrismaTransaction,
  { personId, byId, settleHours }: { personId: string; byId: string; settleHours: number },
): Promise<Tie | null> {
  const [row] = await sqlOf(tx).query<Tie>(
    `WITH RECURSIVE tie AS (
       SELECT t.by_id, t.at, t.at AS touched_at, t.kind FROM account_touch t WHERE t.person_id = $1::uuid
       UNION
       SELECT up.by_id, up.at, tie.touched_at, tie.kind
         FROM tie JOIN person p ON p.id = tie.by_id JOIN account_touch up ON up.person_id = p.id AND up.at <= tie.at
        WHERE tie.by_id <> $2::uuid
          AND coalesce(${ownSince} + make_interval(hours => $3::int) > tie.at, true)
     )
     SELECT tie.kind, tie.touched_at AS at, ${ownSince} AS "ownSince"
       FROM tie JOIN person p ON p.id = $1::uuid WHERE tie.by_id = $2::uuid ORDER BY tie.touched_at DESC LIMIT 1`,
    [personId, byId, settleHours],
  );
  return row ?? null;
}
