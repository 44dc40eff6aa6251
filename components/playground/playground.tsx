"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { targetOutlooksQuery } from "../../lib/client/playground.ts";
import { playgroundParsers } from "../../lib/contracts/playground-parsers.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { useTenants } from "../layout/tenants.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { cn } from "../ui/cn.ts";
import { Empty } from "../ui/empty.tsx";
import { defaultModel } from "./chat-models.ts";
import { chosenTenant } from "./chosen-tenant.ts";
import { Composer } from "./composer.tsx";
import { TargetLane } from "./target-lane.tsx";
import { UseInCode } from "./use-in-code.tsx";
import { usePlaygroundRun } from "./use-playground-run.ts";
import { useSettled } from "./use-settled.ts";

const firstPrompt = "In one sentence: why does it matter where data is processed?";

/** One prompt, one or two targets, and what the record says of each call. */
export function Playground({ gatewayUrl }: { gatewayUrl: string }) {
  const tenants = useTenants();
  const [search] = useQueryStates(playgroundParsers);
  const tenant = chosenTenant(tenants, search.tenant);
  if (!tenant)
    return (
      <Empty kind="no-data" title="No tenant yet">
        The playground sends as a tenant. You are a member of none; an administrator can create one under
        Settings.
      </Empty>
    );
  // A tenant of its own key: answers of one tenant never stand under the name of another.
  return <TenantPlayground gatewayUrl={gatewayUrl} key={tenant.slug} tenant={tenant} />;
}

function TenantPlayground({ gatewayUrl, tenant }: { gatewayUrl: string; tenant: TenantSummary }) {
  const [{ target, versus, model: chosenModel }, setSearch] = useQueryStates(playgroundParsers, {
    history: "replace",
  });
  const [prompt, setPrompt] = useState(firstPrompt);
  const model = chosenModel ?? defaultModel;
  const { data: outlooks } = useQuery({
    ...targetOutlooksQuery(tenant.slug, useSettled(model.trim()) || undefined),
    placeholderData: (before) => before,
  });
  const first = usePlaygroundRun();
  const second = usePlaygroundRun();
  const isComparing = versus !== null;
  const isRunning = first.isRunning || second.isRunning;

  const send = () => {
    const input = { tenant: tenant.slug, model: model.trim(), prompt };
    void first.send({ ...input, target });
    if (versus !== null) void second.send({ ...input, target: versus });
  };
  const stop = () => {
    first.stop();
    second.stop();
  };
  const lane = { tenant: tenant.slug, outlooks };
  return (
    <div className="flex flex-col gap-5">
      <Composer
        forbidden={permissionReason(tenant.role, "playground:send")}
        isComparing={isComparing}
        isRunning={isRunning}
        model={model}
        onCompare={() => setSearch({ versus: target === "global" ? "policy" : "global" })}
        onModel={(value) => setSearch({ model: value === defaultModel ? null : value })}
        onPrompt={setPrompt}
        onSend={send}
        onStop={stop}
        onTenant={(slug) => setSearch({ tenant: slug })}
        prompt={prompt}
        tenant={tenant.slug}
      />
      {/* Rows shared by both targets: what can be compared stands side by side. */}
      <div className={cn("grid grid-cols-1 gap-5", isComparing && "lg:grid-cols-2")}>
        <TargetLane
          {...lane}
          label={isComparing ? "First target" : "Target"}
          onTarget={(value) => {
            first.reset();
            void setSearch({ target: value });
          }}
          run={first}
          target={target}
        />
        {versus === null ? null : (
          <TargetLane
            {...lane}
            label="Second target"
            onRemove={() => {
              second.reset();
              void setSearch({ versus: null });
            }}
            onTarget={(value) => {
              second.reset();
              void setSearch({ versus: value });
            }}
            run={second}
            target={versus}
          />
        )}
      </div>
      <UseInCode gatewayUrl={gatewayUrl} model={model} prompt={prompt} target={target} />
    </div>
  );
}
