import type { IssuedName } from "./person-identity.ts";
import { executeSql, type PrismaTransaction, querySql } from "./with-tenant.ts";

export type RefusedSignInRow = {
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly attempts: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
};

/** Read by refusedSignIns: who has not come for 30 days is none of our business any more. */
export async function forgetOldRefusedSignIns(): Promise<void> {
  await executeSql("DELETE FROM refused_sign_in WHERE last_at < now() - interval '30 days'");
}

/** Read by refusedSignIns: one more, with what the provider says of him now. */
export async function noteRefusedSignIn(
  row: IssuedName & { readonly email: string | null; readonly emailVerified: boolean },
): Promise<void> {
  await executeSql(
    `INSERT INTO refused_sign_in (issuer, subject, email, email_verified, attempts) VALUES ($1, $2, $3, $4, 1)
     ON CONFLICT (issuer, subject) DO UPDATE SET email = excluded.email, email_verified = excluded.email_verified,
       attempts = refused_sign_in.attempts + 1, last_at = now()`,
    [row.issuer, row.subject, row.email, row.emailVerified],
  );
}

/** Read by getSignInOverview: who came from an issuer and was refused, the last first. */
export async function refusedSignIns(issuer: string): Promise<RefusedSignInRow[]> {
  return querySql<RefusedSignInRow>(
    `SELECT subject, email, email_verified AS "emailVerified", attempts, first_at AS "firstAt", last_at AS "lastAt"
       FROM refused_sign_in WHERE issuer = $1 AND last_at > now() - interval '30 days' ORDER BY last_at DESC LIMIT 200`,
    [issuer],
  );
}

/** Read by refusedSignIns: somebody of whom it is known by now who he is. */
export async function forgetRefusedSignIn(
  tx: PrismaTransaction,
  { issuer, subject }: IssuedName,
): Promise<void> {
  await tx.refusedSignIn.deleteMany({ where: { issuer, subject } });
}
