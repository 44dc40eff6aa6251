import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ConfirmOneself } from "../../components/confirmation/confirm-oneself.tsx";
import { navCookie } from "../../components/layout/nav-cookie.ts";
import { Shell } from "../../components/layout/shell.tsx";
import { TenantsProvider } from "../../components/layout/tenants.tsx";
import { requireActor } from "../../lib/auth/require-actor.ts";
import { listTenants } from "../../lib/services/tenants/list-tenants.ts";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const [tenants, jar] = await Promise.all([listTenants(actor), cookies()]);
  return (
    <TenantsProvider tenants={tenants}>
      <Shell
        collapsed={jar.get(navCookie)?.value === "narrow"}
        user={{ name: actor.name, email: actor.email }}
      >
        {children}
        <ConfirmOneself email={actor.email} />
      </Shell>
    </TenantsProvider>
  );
}
