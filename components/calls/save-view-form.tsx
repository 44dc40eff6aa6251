"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { saveCallView } from "../../lib/client/call-views.ts";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import type { CallFilters } from "../../lib/contracts/call-parsers.ts";
import { useTenants } from "../layout/tenants.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";
import { narrowingWords } from "./facet-words.ts";

export type SaveViewFormProps = {
  filters: CallFilters /** Name of a view that shows the same already. */;
  saved: string | null;
};

/** Keeps the present filters under a name. */
export function SaveViewForm({ filters, saved }: SaveViewFormProps) {
  const tenants = useTenants();
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = useMutation(saveCallView(useQueryClient()));
  const slug = filters.tenant ?? chosen ?? tenants[0]?.slug;
  const tenant = tenants.find((each) => each.slug === slug);
  if (!tenant) return null;
  const mayShare = permissionReason(tenant.role, "view:share") === null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const name = String(given.get("name") ?? "").trim();
    setProblem(name === "" ? "A view needs a name." : null);
    if (name === "") return;
    save.mutate(
      { tenant: tenant.slug, name, shared: given.get("for") === "shared", search: filters },
      { onSuccess: () => form.reset() },
    );
  };
  const refused = save.error instanceof ProblemError ? save.error.fieldMessage("name") : null;
  const { from, to } = filters;
  const words = [
    from !== undefined && to !== undefined ? formatWindow(from, to) : lastWords(filters.range),
    filters.tenant ?? "Every tenant",
    ...narrowingWords(filters),
  ];
  return (
    <form className="flex flex-col gap-3" noValidate onSubmit={submit}>
      <p className="text-sm">
        <span className="text-muted">On the screen: </span>
        {words.join(" · ")}
      </p>
      {saved === null ? null : <p className="text-muted text-sm">This is kept already, as “{saved}”.</p>}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field className="sm:col-span-2" error={problem ?? refused} label="Name">
          <Input autoComplete="off" maxLength={60} name="name" />
        </Field>
        {filters.tenant === undefined && tenants.length > 1 ? (
          <Field hint="Whose people may see it, where it is shared" label="Kept with">
            <Select onChange={(event) => setChosen(event.target.value)} value={tenant.slug}>
              {tenants.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Field hint={mayShare ? undefined : permissionReason(tenant.role, "view:share")} label="For">
          <Select defaultValue="private" name="for">
            <option value="private">Only you</option>
            <option disabled={!mayShare} value="shared">
              Everybody of {tenant.name}
            </option>
          </Select>
        </Field>
      </div>
      {save.error && refused === null ? (
        <Notice live tone="outside">
          {save.error.message}
        </Notice>
      ) : null}
      <div>
        <Button aria-busy={save.isPending} disabled={save.isPending} look="primary" type="submit">
          {save.isPending ? "Saving…" : "Save view"}
        </Button>
      </div>
    </form>
  );
}

function lastWords(range: CallFilters["range"]): string {
  const unit = { h: "hour", d: "day", y: "year" }[range.at(-1) ?? ""] ?? "day";
  return `The last ${formatNoun(Number.parseInt(range, 10), unit)} before it is opened`;
}
