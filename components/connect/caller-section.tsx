"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useId, useState } from "react";
import type { WayIn } from "../../lib/contracts/connect-parsers.ts";
import type { CreatedKey, TenantDetail } from "../../lib/contracts/tenants.ts";
import { useTenants } from "../layout/tenants.tsx";
import { CreateKeyForm } from "../tenants/create-key-form.tsx";
import { hasEnded } from "../tenants/key-state.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { TenantOptions } from "../tenants/tenant-options.tsx";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { wayWords } from "./way-snippets.ts";

export type CallerSectionProps = {
  tenant: TenantDetail;
  application: string;
  way: WayIn;
  /** A key that was made on this page and not yet put away. */
  fresh: CreatedKey | null;
  onTenant: (slug: string) => void;
  onApplication: (name: string) => void;
  onCreated: (created: CreatedKey) => void;
  onStored: () => void;
};

/** Who calls: tenant, application, and a key for it. */
export function CallerSection(props: CallerSectionProps) {
  const { tenant, application, way, fresh, onTenant, onApplication, onCreated, onStored } = props;
  const tenants = useTenants();
  const [open, setOpen] = useState(false);
  const reasonId = useId();
  const { kind } = wayWords[way];
  const forbidden = permissionReason(tenant.role, "key:write");
  const declared = tenant.applications.find(({ name }) => name === application);
  const keys = tenant.keys.filter(
    (key) => key.application === application && key.kind === kind && !hasEnded(key),
  );
  const names = [...new Set([...tenant.applications.map(({ name }) => name), application])].filter(Boolean);
  return (
    <Section
      note="A key says who calls. It stands for no place: the policy decides that."
      title="1 · Who calls"
    >
      <div className="flex flex-col gap-4 p-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Tenant">
            <Select onChange={({ target }) => onTenant(target.value)} value={tenant.slug}>
              <TenantOptions tenants={tenants} />
            </Select>
          </Field>
          <Field label="Application">
            <Select onChange={({ target }) => onApplication(target.value)} value={application}>
              {names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {fresh ? (
          <FreshKey fresh={fresh} onStored={onStored} />
        ) : (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <Dialog
              description="An application sends it in place of an OpenAI key. It is shown once, here and in the snippets."
              onOpenChange={setOpen}
              open={open}
              title={kind === "gateway" ? "Create key" : "Create key for reporting"}
              trigger={
                <Button
                  aria-describedby={forbidden === null ? undefined : reasonId}
                  disabled={forbidden !== null}
                  look="primary"
                >
                  <Plus aria-hidden="true" />
                  Create key
                </Button>
              }
            >
              <CreateKeyForm
                defaults={{ application, environment: declared?.environment ?? "production", kind }}
                onCreated={(created) => {
                  setOpen(false);
                  onCreated(created);
                }}
                tenant={tenant}
              />
            </Dialog>
            <p className="text-muted text-sm" id={reasonId}>
              {forbidden ??
                (keys.length === 0
                  ? `No key for ${kind === "gateway" ? "sending" : "reporting"} yet.`
                  : `In use: ${keys.map(({ name, hint }) => `${name} (${hint})`).join(", ")}`)}
            </p>
            <Link
              className="text-accent-ink text-sm hover:underline"
              href={`/settings/tenants/${tenant.slug}`}
            >
              All keys
            </Link>
          </div>
        )}
      </div>
    </Section>
  );
}

function FreshKey({ fresh, onStored }: { fresh: CreatedKey; onStored: () => void }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Notice live>
        {fresh.key.name} is shown this once, here and in the snippets. What is kept is a keyed hash, from
        which nobody can recover it.
      </Notice>
      <CodeBlock code={fresh.secret} what="key" />
      <div>
        <Button onClick={onStored}>I have stored it</Button>
      </div>
    </div>
  );
}
