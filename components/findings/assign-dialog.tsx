"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { UserRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { changeFinding } from "../../lib/client/findings.ts";
import type { FindingDetail } from "../../lib/contracts/findings.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { endOfDay } from "./due-words.ts";
import { useMayWork } from "./use-may-work.ts";

/** Names who works on the case, and until when. Nothing where the reader may not work on findings. */
export function AssignDialog({ finding }: { finding: FindingDetail }) {
  const [open, setOpen] = useState(false);
  if (!useMayWork(finding.tenant).allowed) return null;
  return (
    <Dialog
      onOpenChange={setOpen}
      open={open}
      title="Assign finding"
      trigger={
        <Button className="print:hidden" look="quiet" size="sm">
          <UserRound aria-hidden="true" />
          Assign
        </Button>
      }
    >
      <AssignForm finding={finding} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function AssignForm({ finding, onDone }: { finding: FindingDetail; onDone: () => void }) {
  const change = useMutation(changeFinding(useQueryClient(), finding.id));
  const refused = change.error instanceof ProblemError ? change.error : null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const assigneeId = String(form.get("assigneeId") ?? "");
    change.mutate(
      {
        kind: "assign",
        assigneeId: assigneeId === "" ? null : assigneeId,
        dueAt: endOfDay(String(form.get("dueAt") ?? "")),
      },
      {
        onSuccess: () => {
          toast("Finding assigned");
          onDone();
        },
      },
    );
  };
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field error={refused?.fieldMessage("assigneeId") ?? null} label="Worked on by">
        <Select className="w-full" defaultValue={finding.assigneeId ?? ""} name="assigneeId">
          <option value="">Nobody</option>
          {finding.workers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field error={refused?.fieldMessage("dueAt") ?? null} label="Due by the end of (UTC)" optional>
        <Input defaultValue={finding.dueAt?.slice(0, 10)} name="dueAt" type="date" />
      </Field>
      <FormEnd doing="Assigning" error={refused} isPending={change.isPending} verb="Assign" />
    </form>
  );
}
