"use client";

import { Play, Square } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { testConnectivity } from "../../lib/client/connect.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { defaultModel } from "../playground/chat-models.ts";
import { ModelField } from "../playground/model-field.tsx";
import { useCatalog } from "../regions/use-catalog.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Field } from "../ui/field.tsx";
import { ForbiddenReason } from "../ui/forbidden-reason.tsx";
import { regionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { useLineRun } from "../ui/use-line-run.ts";
import { TestedSteps } from "./tested-steps.tsx";

/** Whether the way from the gateway to a provider's host is sound, with a stored key, step by step. */
export function ConnectivitySection({ tenant }: { tenant: TenantDetail }) {
  const catalog = useCatalog();
  const reasonId = useId();
  const places = tenant.credentials
    .filter(({ revokedAt }) => revokedAt === null)
    .flatMap(({ id, label, hosts }) =>
      hosts.map((host) => ({
        id: `${id} ${host}`,
        credentialId: id,
        host,
        name: `${placeOf(host, catalog)}: ${host}, with ${label}`,
      })),
    );
  const [chosen, setChosen] = useState(places[0]?.id ?? "");
  const [model, setModel] = useState(defaultModel);
  const test = useLineRun(testConnectivity);
  const place = places.find(({ id }) => id === chosen) ?? places[0];
  const forbidden = permissionReason(tenant.role, "playground:send");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!place || test.isRunning) return;
    void test.run({
      tenant: tenant.slug,
      credentialId: place.credentialId,
      host: place.host,
      model: model.trim(),
    });
  };
  return (
    <Section
      note="From the gateway to the provider with a stored key: name, connection, encryption, key, list of models, one completion. The last three are calls like any other: planned by the policy and recorded under Playground."
      title="Connectivity test"
    >
      {place === undefined ? (
        <Empty kind="no-data" title="No provider key is stored">
          Add one under Settings, Tenants. A caller's own key is not kept, so it cannot be tested here.
        </Empty>
      ) : (
        <div className="flex flex-col gap-4 p-4">
          <form className="flex flex-wrap items-end gap-3" onSubmit={submit}>
            <Field className="min-w-64 flex-[2_1_320px]" label="Region and key">
              <Select
                onChange={({ target }) => {
                  test.reset();
                  setChosen(target.value);
                }}
                value={place.id}
              >
                {places.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <ModelField
              catalog={catalog}
              className="min-w-52 flex-[1_1_208px]"
              model={model}
              onModel={setModel}
            />
            {test.isRunning ? (
              <Button key="stop" onClick={test.stop}>
                <Square aria-hidden="true" />
                Stop
              </Button>
            ) : (
              <Button
                aria-describedby={forbidden === null ? undefined : reasonId}
                disabled={forbidden !== null || model.trim() === ""}
                key="run"
                look="primary"
                type="submit"
              >
                <Play aria-hidden="true" />
                Test
              </Button>
            )}
          </form>
          <ForbiddenReason id={reasonId} reason={forbidden} />
          {test.problem ? (
            <ErrorPanel
              code={test.problem.code}
              detail={test.problem.message}
              title="The test could not be made"
            />
          ) : null}
          <TestedSteps phase={test.phase} steps={test.lines} tenant={tenant.slug} />
        </div>
      )}
    </Section>
  );
}

function placeOf(host: string, catalog: ReturnType<typeof useCatalog>): string {
  const row = catalog.hosts.find((each) => each.host === host);
  return row === undefined ? "Admitted host" : regionName(row.region ?? "global");
}
