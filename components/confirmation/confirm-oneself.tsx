"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { offerToConfirm } from "../../lib/client/ask-to-confirm.ts";
import { confirmationQuery } from "../../lib/client/confirmation.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ConfirmAtProvider } from "./confirm-at-provider.tsx";
import { ConfirmForm } from "./confirm-form.tsx";

/**
 * The question who is there, over whatever is open. It comes by itself where the server wants to know, and what was begun goes on
 * once it is answered; turned back from, nothing is done and nothing typed is lost.
 */
export function ConfirmOneself({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  const answer = useRef<(isConfirmed: boolean) => void>(undefined);
  useEffect(() => {
    const takeBack = offerToConfirm(
      () =>
        new Promise((resolve) => {
          answer.current = resolve;
          setOpen(true);
        }),
    );
    return () => {
      takeBack();
      // Else whatever asks next would wait for a question that nobody sees any more.
      answer.current?.(false);
    };
  }, []);
  const close = (isConfirmed: boolean) => {
    setOpen(false);
    answer.current?.(isConfirmed);
  };
  return (
    <Dialog
      description="What you are about to do matters beyond this browser. It goes on as soon as you have confirmed."
      onOpenChange={(isOpen) => (isOpen ? setOpen(true) : close(false))}
      open={open}
      title="Confirm that it is you"
    >
      <Asked email={email} onDone={() => close(true)} />
    </Dialog>
  );
}

function Asked({ email, onDone }: { email: string; onDone: () => void }) {
  const { data, error, refetch } = useQuery(confirmationQuery());
  if (data?.way === "single_sign_on")
    return (
      <ConfirmAtProvider
        onDone={onDone}
        // Where the session has ended meanwhile, asking leads to the sign-in page.
        onRefused={refetch}
        provider={data.provider ?? "The identity provider"}
      />
    );
  if (data) return <ConfirmForm email={email} onDone={onDone} way={data.way} />;
  return (
    <>
      {error ? (
        <ErrorPanel
          error={error}
          onRetry={() => void refetch()}
          title="How you confirm it could not be read"
        />
      ) : (
        <Skeleton className="h-16" />
      )}
      <DialogActions>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
      </DialogActions>
    </>
  );
}
