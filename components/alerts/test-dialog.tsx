"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deliveryQuery, sendTest } from "../../lib/client/alerts.ts";
import type { DeliverySummary, DestinationSummary } from "../../lib/contracts/alerts.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { outcomeWords } from "./alert-words.ts";

type Props = { tenant: string; destination: DestinationSummary; onClose: () => void };

/** Really sends one message and says what came of it. */
export function TestDialog({ tenant, destination, onClose }: Props) {
  const client = useQueryClient();
  const [sent, setSent] = useState<string | null>(null);
  const test = useMutation(sendTest(tenant, destination.id));
  const send = () => test.mutate(undefined, { onSuccess: ({ deliveryId }) => setSent(deliveryId) });
  const close = () => {
    void client.invalidateQueries({ queryKey: ["alerts"] });
    onClose();
  };
  return (
    <Dialog
      description={
        <>
          One message that says it is a test goes to{" "}
          <span className="break-all font-mono">{destination.address}</span>, as every other would. It is
          tried once.
        </>
      }
      onOpenChange={(open) => (open ? undefined : close())}
      open
      title={`Send a test to ${destination.name}`}
    >
      {test.error ? (
        <Notice live tone="outside">
          {test.error.message}
        </Notice>
      ) : null}
      {sent === null ? null : <Answer id={sent} tenant={tenant} />}
      <DialogActions>
        <DialogClose asChild>
          <Button>Close</Button>
        </DialogClose>
        <Button aria-busy={test.isPending} disabled={test.isPending} look="primary" onClick={send}>
          {sent === null ? "Send the test" : "Send another"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Answer({ tenant, id }: { tenant: string; id: string }) {
  const { data, error } = useQuery(deliveryQuery(tenant, id));
  if (error)
    return (
      <Notice live tone="outside">
        What came of it could not be read: {error.message}
      </Notice>
    );
  return (
    <Notice live tone={data?.state === "given_up" ? "outside" : "plain"}>
      {data === undefined || data.state === "waiting" ? "On its way…" : answerWords(data)}
    </Notice>
  );
}

function answerWords({ state, outcome, answerStatus }: DeliverySummary): string {
  const words = outcomeWords(outcome, answerStatus) ?? "";
  return state === "delivered" ? `The test has arrived. ${words}` : `The test has not arrived. ${words}`;
}
