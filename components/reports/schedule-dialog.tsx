"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { scheduleReport } from "../../lib/client/reports.ts";
import type { ScheduleInput } from "../../lib/contracts/reports.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormEnd } from "../ui/form-end.tsx";

const choices = {
  monthly: { word: "Every month", hint: "On the first day of the next month, about the one that ended." },
  quarterly: { word: "Every quarter", hint: "On the first day of January, April, July and October." },
} as const;

export type ScheduleDialogProps = {
  tenant: TenantSummary;
  filter: Omit<ScheduleInput, "tenant" | "every">;
  /** The filter in words; null while it is not known. */
  words: string | null;
};

/** The same filter, by itself, whenever a month or a quarter has ended. */
export function ScheduleDialog({ tenant, filter, words }: ScheduleDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description={`A pack about ${tenant.name} is built once each period has ended and the log was signed after it, and lies on this page.`}
      onOpenChange={setOpen}
      open={open}
      title="Schedule a report"
      trigger={<Button disabled={words === null}>Schedule</Button>}
    >
      <ScheduleForm filter={filter} onDone={() => setOpen(false)} tenant={tenant} words={words} />
    </Dialog>
  );
}

function ScheduleForm({ tenant, filter, words, onDone }: ScheduleDialogProps & { onDone: () => void }) {
  const client = useQueryClient();
  const [every, setEvery] = useState<ScheduleInput["every"]>("monthly");
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setProblem(null);
    scheduleReport({ tenant: tenant.slug, every, ...filter })
      .then(async () => {
        await client.invalidateQueries({ queryKey: ["reports"] });
        toast("Report scheduled");
        onDone();
      })
      .catch((error: Error) => setProblem(error.message))
      .finally(() => setPending(false));
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1.5 font-medium text-sm">How often</legend>
        {(["monthly", "quarterly"] as const).map((each) => (
          <label className="flex items-start gap-2 text-sm" key={each}>
            <input
              checked={every === each}
              className="mt-0.5 accent-accent"
              name="every"
              onChange={() => setEvery(each)}
              type="radio"
              value={each}
            />
            <span>
              <span className="font-medium">{choices[each].word}</span>
              <span className="block text-faint text-xs">{choices[each].hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="text-sm">
        <span className="font-medium">Which calls: </span>
        {words} That is the filter of the form; its period does not matter here.
      </p>
      <FormEnd error={problem} isPending={isPending} verb="Schedule report" />
    </form>
  );
}
