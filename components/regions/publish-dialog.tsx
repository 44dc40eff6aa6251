"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { publishCatalog } from "../../lib/client/catalog.ts";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import type { CatalogChangeItem, CatalogDraft, TenantReach } from "../../lib/contracts/catalog.ts";
import type { CatalogProblem } from "../../lib/core/regions/check-catalog.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Textarea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { ChangeList } from "./change-list.tsx";
import { ReachNotice } from "./reach-notice.tsx";

export type PublishDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  basedOn: number;
  draft: CatalogDraft;
  changes: readonly CatalogChangeItem[];
  problems: readonly CatalogProblem[];
  conflicts?: readonly string[];
  /** Whose calls can go where they could not; absent while nobody asked. */
  reach?: readonly TenantReach[];
  onPublished: () => void;
};

const reasonCharsMin = 10;

/** What would change, why, and the button that publishes it, or proposes it where it widens. */
export function PublishDialog(props: PublishDialogProps) {
  const { open, onOpenChange, basedOn, changes } = props;
  const then = widensBy(props)
    ? "Another administrator of the deployment has to approve it: until then calls are judged as they are now."
    : `The next call is judged by version ${basedOn + 1}; calls that have begun keep theirs.`;
  return (
    <Dialog
      className="max-w-3xl"
      description={`${formatNoun(changes.length, "change")} against version ${basedOn}. ${then}`}
      onOpenChange={onOpenChange}
      open={open}
      title={widensBy(props) ? `Propose version ${basedOn + 1}` : `Publish version ${basedOn + 1}`}
    >
      <PublishForm {...props} />
    </Dialog>
  );
}

/** Whether it takes two people; the server decides it for good. */
function widensBy({ changes, reach = [] }: Pick<PublishDialogProps, "changes" | "reach">): boolean {
  return reach.length > 0 || changes.some(({ effect }) => effect === "widens");
}

function PublishForm({
  onOpenChange,
  basedOn,
  draft,
  changes,
  problems,
  conflicts = [],
  reach = [],
  onPublished,
}: PublishDialogProps) {
  const widens = widensBy({ changes, reach });
  const publish = useMutation(publishCatalog(useQueryClient()));
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason")).trim();
    setShort(reason.length < reasonCharsMin);
    if (reason.length < reasonCharsMin) return;
    publish.mutate(
      { basedOn, reason, draft },
      {
        onSuccess: (answer) => {
          toast(
            answer.kind === "published"
              ? `Version ${answer.version} is published`
              : "Proposed: it waits for another administrator",
          );
          onPublished();
          onOpenChange(false);
        },
      },
    );
  };
  const { error } = publish;
  const refused = error instanceof ProblemError ? (error.problem.fields ?? []) : [];
  const wrong = [...problems, ...refused.map(({ field, message }) => ({ path: field, message }))];
  return (
    <form className="flex min-w-0 flex-col gap-4" noValidate onSubmit={submit}>
      <ReachNotice reach={reach} />
      <ChangeList changes={changes} />
      {conflicts.length > 0 ? (
        <Notice tone="doubt">
          Both this deployment and the new table changed {formatNoun(conflicts.length, "place")}. What stands
          here stays: {conflicts.slice(0, 5).join(", ")}
          {conflicts.length > 5 ? " and others" : ""}.
        </Notice>
      ) : null}
      {wrong.length > 0 ? (
        <Notice live tone="outside">
          <p>This cannot be published.</p>
          <ul className="mt-1 list-disc pl-5">
            {wrong.slice(0, 20).map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <code className="break-all font-mono text-xs">{path}</code>: {message}
              </li>
            ))}
          </ul>
        </Notice>
      ) : error ? (
        <Notice live tone="outside">
          {error.message}
        </Notice>
      ) : null}
      <Field
        error={short ? "Say why, in at least 10 characters." : null}
        hint="Auditors read it; it cannot be changed later."
        label="Reason"
      >
        <Textarea maxLength={2000} name="reason" required rows={3} />
      </Field>
      <DialogActions>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button
          aria-busy={publish.isPending}
          disabled={publish.isPending || problems.length > 0 || changes.length === 0}
          look="primary"
          type="submit"
        >
          {widens
            ? publish.isPending
              ? "Proposing"
              : "Propose"
            : publish.isPending
              ? "Publishing"
              : "Publish"}
        </Button>
      </DialogActions>
    </form>
  );
}
