"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Eye, Search } from "lucide-react";
import { useId } from "react";
import { toast } from "sonner";
import { changeFinding } from "../../lib/client/findings.ts";
import type { FindingDetail } from "../../lib/contracts/findings.ts";
import { transition } from "../../lib/core/findings/transition.ts";
import { Button } from "../ui/button.tsx";
import { CheckDialog } from "./check-dialog.tsx";
import { ExceptionDialog } from "./exception-dialog.tsx";
import { ResolveDialog } from "./resolve-dialog.tsx";
import { useMayWork } from "./use-may-work.ts";

/** What can be done with the case now. Who may not sees why; the server refuses them anyway. */
export function FindingActions({ finding }: { finding: FindingDetail }) {
  const client = useQueryClient();
  const change = useMutation(changeFinding(client, finding.id));
  const reasonId = useId();
  const { allowed, reason } = useMayWork(finding.tenant);
  const canAcknowledge = transition(finding.state, { kind: "acknowledge" }).ok;
  const canInvestigate = transition(finding.state, { kind: "investigate" }).ok;
  const canResolve = transition(finding.state, { kind: "resolve", resolution: "config_fix" }).ok;
  const canAccept =
    transition(finding.state, { kind: "accept" }).ok &&
    !finding.exceptions.some(({ state }) => state === "waiting");
  const canCheck = transition(finding.state, { kind: "recur" }).ok;
  if (!canAcknowledge && !canResolve && !canCheck) return null;
  const described = allowed ? undefined : reasonId;
  return (
    <div className="flex flex-col gap-2 md:items-end print:hidden">
      <div className="flex flex-wrap gap-2 md:justify-end">
        {canAcknowledge ? (
          <Button
            aria-describedby={described}
            disabled={!allowed || change.isPending}
            onClick={() =>
              change.mutate({ kind: "acknowledge" }, { onSuccess: () => toast("Finding acknowledged") })
            }
          >
            <Eye aria-hidden="true" />
            Acknowledge
          </Button>
        ) : null}
        {canInvestigate ? (
          <Button
            aria-describedby={described}
            disabled={!allowed || change.isPending}
            onClick={() =>
              change.mutate(
                { kind: "investigate" },
                { onSuccess: () => toast("Finding under investigation") },
              )
            }
          >
            <Search aria-hidden="true" />
            Investigate
          </Button>
        ) : null}
        {canAccept ? <ExceptionDialog describedBy={described} disabled={!allowed} finding={finding} /> : null}
        {canResolve ? <ResolveDialog describedBy={described} disabled={!allowed} finding={finding} /> : null}
        {canCheck ? <CheckDialog describedBy={described} disabled={!allowed} finding={finding} /> : null}
      </div>
      {allowed ? null : (
        <p className="max-w-72 text-faint text-xs md:text-right" id={reasonId}>
          {reason}
        </p>
      )}
      {change.isError ? (
        <p className="max-w-72 text-outside-ink text-sm md:text-right" role="alert">
          {change.error.message}
        </p>
      ) : null}
    </div>
  );
}
