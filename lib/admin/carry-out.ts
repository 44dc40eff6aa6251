import { z } from "zod";
import { addMemberInput, createPersonInput, type PersonSummary } from "../contracts/people.ts";
import { type RefusedSignIn, subject } from "../contracts/sign-in.ts";
import type { Actor } from "../services/actor.ts";
import { checkMasterKey } from "../services/deployment/check-master-key.ts";
import { type RotatedMasterKey, rotateMasterKey } from "../services/deployment/rotate-master-key.ts";
import { bindIdentity } from "../services/identities/bind-identity.ts";
import { getSignInOverview } from "../services/identities/get-sign-in-overview.ts";
import { unbindIdentity } from "../services/identities/unbind-identity.ts";
import { addMember } from "../services/people/add-member.ts";
import { changeRole } from "../services/people/change-role.ts";
import { createPerson } from "../services/people/create-person.ts";
import { disablePerson } from "../services/people/disable-person.ts";
import { enablePerson } from "../services/people/enable-person.ts";
import { grantAdministration } from "../services/people/grant-administration.ts";
import { letIn } from "../services/people/let-in.ts";
import { listMembers } from "../services/people/list-members.ts";
import { listPeople } from "../services/people/list-people.ts";
import { resetPassword } from "../services/people/reset-password.ts";
import { withdrawAdministration } from "../services/people/withdraw-administration.ts";
import { resetSecondFactor } from "../services/second-factor/reset-second-factor.ts";

const who = createPersonInput.pick({ email: true });
const passwordStdin = z.boolean().default(false);

export const adminRequest = z.discriminatedUnion("do", [
  createPersonInput.extend({ do: z.literal("create"), passwordStdin }),
  who.extend({ do: z.literal("reset-password"), passwordStdin }),
  who.extend({ do: z.literal("disable") }),
  who.extend({ do: z.literal("enable") }),
  who.extend({ do: z.literal("grant-admin") }),
  who.extend({ do: z.literal("withdraw-admin") }),
  addMemberInput.omit({ name: true }).extend({ do: z.literal("member") }),
  who.extend({ do: z.literal("let-in") }),
  who.extend({ do: z.literal("reset-second-factor") }),
  who.extend({ do: z.literal("bind"), subject }),
  who.extend({ do: z.literal("unbind") }),
  z.object({ do: z.literal("refused") }),
  z.object({ do: z.literal("list") }),
  z.object({ do: z.literal("rotate-master-key") }),
]);
export type AdminRequest = z.infer<typeof adminRequest>;

/** Whoever can run it holds the master key: he is asked for no other right. */
const operator: Actor = { kind: "system", job: "npm run admin" };

/** Does it by the verbs of the pages, and says what was done. `readPassword` is asked only where one is to be read. */
export async function carryOut(
  request: AdminRequest,
  readPassword: () => Promise<string>,
): Promise<readonly string[]> {
  await checkMasterKey();
  const given = "passwordStdin" in request && request.passwordStdin ? await readPassword() : undefined;
  switch (request.do) {
    case "create": {
      const { email, name, deploymentAdmin } = request;
      const { password } = await createPerson(operator, { email, name, deploymentAdmin, password: given });
      const right = deploymentAdmin ? ", an administrator of the deployment" : "";
      return [`${name} may sign in as ${email}${right}.`, ...passwordLines(password, given)];
    }
    case "reset-password": {
      const { password } = await resetPassword(operator, { email: request.email }, given);
      return [`${request.email} has another password, and is signed out.`, ...passwordLines(password, given)];
    }
    case "disable":
      await disablePerson(operator, { email: request.email });
      return [`${request.email} may not sign in any more, and is signed out.`];
    case "enable":
      await enablePerson(operator, { email: request.email });
      return [`${request.email} may sign in again.`];
    case "grant-admin":
      await grantAdministration(operator, { email: request.email });
      return [`${request.email} administers the deployment.`];
    case "withdraw-admin":
      await withdrawAdministration(operator, { email: request.email });
      return [`${request.email} does not administer the deployment any more.`];
    case "member":
      return member(request);
    case "let-in": {
      const { password, until } = await letIn(operator, { email: request.email });
      return [
        `${request.email} may sign in with this password until ${until.toISOString()}, and is signed out elsewhere.`,
        `Password: ${password}`,
        "Where passwords are switched off, the fields for it are at /login?way=password.",
      ];
    }
    case "reset-second-factor":
      await resetSecondFactor(operator, { email: request.email });
      return [`${request.email} signs in with the password alone, and is signed out.`];
    case "bind":
      await bindIdentity(operator, { who: { email: request.email }, subject: request.subject });
      return [`${request.email} signs in as ${request.subject} of the identity provider.`];
    case "unbind":
      await unbindIdentity(operator, { email: request.email });
      return [`${request.email} is bound to nobody at the identity provider any more.`];
    case "refused":
      return refusedLines((await getSignInOverview(operator)).refused);
    case "list":
      return listLines(await listPeople(operator));
    case "rotate-master-key":
      return rotatedLines(await rotateMasterKey(operator));
  }
}

async function member({ email, tenant, role }: Extract<AdminRequest, { do: "member" }>): Promise<string[]> {
  const { members } = await listMembers(operator, tenant);
  const present = members.find((each) => each.email === email);
  if (present) await changeRole(operator, { tenant, personId: present.personId, role });
  else await addMember(operator, { tenant, email, role });
  return [`${email} is ${role} of ${tenant}.`];
}

function passwordLines(password: string, given: string | undefined): string[] {
  if (given !== undefined) return [];
  return [`Password: ${password}`, "It is shown this once. Change it under Settings, Sessions."];
}

function listLines(people: readonly PersonSummary[]): string[] {
  if (people.length === 0) return ["Nobody may sign in yet."];
  const width = Math.max(...people.map(({ email }) => email.length));
  return people.map(({ email, name, deploymentAdmin, disabledAt, tenants }) => {
    const facts = [
      name,
      ...(deploymentAdmin ? ["administrator of the deployment"] : []),
      tenants === 1 ? "1 tenant" : `${tenants} tenants`,
      ...(disabledAt === null ? [] : [`disabled since ${disabledAt}`]),
    ];
    return `${email.padEnd(width)}  ${facts.join(", ")}`;
  });
}

function refusedLines(refused: readonly RefusedSignIn[]): string[] {
  if (refused.length === 0) return ["Nobody came from the identity provider who is bound to nobody."];
  return refused.map(({ subject: who, email, emailVerified, lastAt }) => {
    const address =
      email === null ? "no e-mail" : `${email} (${emailVerified ? "verified" : "not verified"})`;
    return `${who}  ${address}, last at ${lastAt}`;
  });
}

const secretNouns: Readonly<Record<keyof RotatedMasterKey["secrets"], string>> = {
  providerKeys: "Provider keys",
  accountKeys: "Admin keys of accounts",
  alertSecrets: "Secrets of webhooks",
  secondFactors: "Second factors",
  importParts: "Parts of running imports",
};

function rotatedLines({ turned, secrets }: RotatedMasterKey): string[] {
  const kinds = Object.entries(secrets) as [keyof typeof secrets, (typeof secrets)["providerKeys"]][];
  const lost = kinds.reduce((sum, [, count]) => sum + count.lost, 0);
  return [
    turned
      ? "The deployment stands on the new master key."
      : "The deployment stood on the new master key already.",
    ...kinds.map(([kind, { anew, already, lost: unread }]) =>
      [
        `${secretNouns[kind]}: ${anew} sealed anew, ${already} under the new key already`,
        ...(unread === 0 ? [] : [`${unread} open under neither key`]),
      ].join(", "),
    ),
    lost === 0
      ? "Take DOMICILE_MASTER_KEY_PREVIOUS out of every process's environment and restart them."
      : `${lost} secrets open under neither key: they were lost before, or belong to a key before the previous one. What can be entered anew has to be.`,
  ];
}
