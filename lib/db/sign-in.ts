import type { SessionWay } from "../contracts/sign-in.ts";
import { querySql } from "./with-tenant.ts";

export type PersonSignInRow = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly deploymentAdmin: boolean;
  readonly isDisabled: boolean;
  readonly hasSecondFactor: boolean;
  readonly boundAt: Date | null;
  readonly boundBy: "administrator" | "email" | null;
  readonly lastAt: Date | null;
  readonly lastWay: SessionWay | null;
};

/** Read by getSignInOverview: how everybody signs in. `issuer` null: there is no identity provider. */
export async function personSignIns(issuer: string | null): Promise<PersonSignInRow[]> {
  return querySql<PersonSignInRow>(
    `${signIns} ORDER BY p.disabled_at IS NOT NULL, p.name, p.email LIMIT 2000`,
    [issuer],
  );
}

/** Read by getOwnSignIn: how one person does. */
export async function personSignIn(personId: string, issuer: string | null): Promise<PersonSignInRow | null> {
  const [row] = await querySql<PersonSignInRow>(`${signIns} WHERE p.id = $2`, [issuer, personId]);
  return row ?? null;
}

const signIns = `SELECT p.id AS "personId", p.name, p.email, p.deployment_admin AS "deploymentAdmin",
         p.disabled_at IS NOT NULL AS "isDisabled", i.created_at AS "boundAt", i.bound_by AS "boundBy",
         s.created_at AS "lastAt", s.way AS "lastWay",
         EXISTS (SELECT FROM second_factor f WHERE f.person_id = p.id AND f.confirmed_at IS NOT NULL AND f.ended_at IS NULL)
           AS "hasSecondFactor"
    FROM person p
    LEFT JOIN person_identity i ON i.person_id = p.id AND i.issuer = $1 AND i.ended_at IS NULL
    LEFT JOIN LATERAL (SELECT created_at, way FROM session WHERE person_id = p.id
                        ORDER BY created_at DESC LIMIT 1) s ON true`;
