import { knownProject } from "../../lib/providers/simulated/organization/count-request.ts";
import { appendUsage } from "../../lib/providers/simulated/organization/usage-journal.ts";
import { findProject } from "../../lib/providers/simulated/project.ts";
import { addAccount } from "../../lib/services/accounts/add-account.ts";
import { getAccounts } from "../../lib/services/accounts/get-accounts.ts";
import { readAccount } from "../../lib/services/accounts/read-accounts.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { askSimulated, providerFolder } from "./ask-simulated.ts";
import { demoPerson } from "./demo-person.ts";
import type { CredentialSpec, OrganizationSpec } from "./tenant-specs.ts";

type Where = {
  readonly actor: Actor;
  readonly home: string;
  readonly tenant: { readonly id: string; readonly slug: string };
  readonly credentials: readonly CredentialSpec[];
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** Gives a tenant the admin key of its organization, with which its projects are read for the first time. */
export async function setUpOrganization(
  { label, secret, addedBy }: OrganizationSpec,
  { actor, home, tenant, credentials, at }: Where,
): Promise<void> {
  const projects = credentials.flatMap((credential) => findProject(credential.secret) ?? []);
  appendUsage(
    providerFolder(home),
    projects.map((project) => knownProject(project, at)),
  );
  const input = { tenant: tenant.slug, label, secret };
  // A run cut short may have done it before.
  const { accounts } = await getAccounts(actor, tenant.slug);
  const account =
    accounts.find((each) => each.label === label) ??
    (await addAccount(await demoPerson(addedBy, tenant), input, { at: new Date(at) }));
  if (account.lastReadAt === null)
    await readAccount(
      { tenantId: tenant.id, id: account.id, isWanted: true },
      askSimulated(home),
      new Date(at),
    );
}
