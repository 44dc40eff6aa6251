"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogClose } from "../ui/dialog.tsx";
import { Enrolment } from "./enrolment.tsx";

/** Enrols the reader's second factor; only its own button closes it once the recovery codes are shown. */
export function EnrolDialog({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  const [isEnrolled, setEnrolled] = useState(false);
  const client = useQueryClient();
  const close = () => {
    setOpen(false);
    setEnrolled(false);
    void client.invalidateQueries({ queryKey: ["sign-in"] });
    void client.invalidateQueries({ queryKey: ["sessions"] });
  };
  return (
    <Dialog
      description={
        isEnrolled
          ? "Your second factor counts from now on; your other sessions have ended."
          : "From then on a code of your authenticator app is asked for after your password. Your other sessions end."
      }
      keepOpen={isEnrolled}
      onOpenChange={(next) => (next ? setOpen(true) : close())}
      open={open}
      title={isEnrolled ? "Keep your recovery codes" : "Enrol a second factor"}
      trigger={<Button size="sm">Enrol</Button>}
    >
      <Enrolment
        email={email}
        onDone={close}
        onEnrolled={() => setEnrolled(true)}
        wayOut={
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
        }
      />
    </Dialog>
  );
}
