import type { Metadata } from "next";
import { CreateTenantForm } from "../../../../../../components/tenants/create-tenant-form.tsx";
import { PageHeader } from "../../../../../../components/ui/page-header.tsx";
import { requireActor } from "../../../../../../lib/auth/require-actor.ts";

export const metadata: Metadata = { title: "Create tenant" };

export default async function Page() {
  const actor = await requireActor();
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        range={false}
        sentence="A business unit or customer whose calls share one policy. It is created together with its first policy, in force at once."
        tenant={false}
        title="Create tenant"
      />
      <CreateTenantForm creator={actor.name} mayCreate={actor.deploymentAdmin} />
    </div>
  );
}
