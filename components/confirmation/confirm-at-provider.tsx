"use client";

import { useEffect, useState } from "react";
import { confirmUrl } from "../../lib/client/sign-in.ts";
import { type ConfirmedMessage, confirmedChannel } from "../../lib/contracts/confirmation.ts";
import { signInWords } from "../auth/sign-in-words.ts";
import { Button } from "../ui/button.tsx";
import { DialogActions, DialogClose } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";

export type ConfirmAtProviderProps = {
  /** What people call the identity provider. */
  provider: string;
  onDone: () => void;
  /** It came to nothing. */
  onRefused: () => unknown;
};

/** In a window of its own, so that the page stays as it is. That window tells the page what came of it. */
export function ConfirmAtProvider({ provider, onDone, onRefused }: ConfirmAtProviderProps) {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const channel = new BroadcastChannel(confirmedChannel);
    channel.onmessage = ({ data }: MessageEvent<ConfirmedMessage>) => {
      setOpen(false);
      if (data.problem === null) return onDone();
      setProblem(signInWords(data.problem, provider));
      onRefused();
    };
    return () => channel.close();
  }, [onDone, onRefused, provider]);
  const leave = async () => {
    setProblem(null);
    // At once, in answer to the click: later a browser takes it for an advertisement.
    const beside = window.open("about:blank", "_blank", "popup,width=520,height=720");
    if (beside === null) {
      setProblem("The browser opened no window. Allow windows of this site, and try again.");
      return;
    }
    setOpen(true);
    const url = await confirmUrl().catch(() => null);
    if (url !== null) {
      beside.location.assign(url);
      return;
    }
    beside.close();
    setOpen(false);
    setProblem(signInWords("sso_unavailable", provider));
  };
  return (
    <>
      <p className="text-base text-muted">
        You signed in with {provider}. It asks you once more, in a window of its own; this page stays as it
        is.
      </p>
      {problem ? (
        <Notice live tone="outside">
          {problem}
        </Notice>
      ) : null}
      {isOpen ? <Notice live>Waiting for {provider}.</Notice> : null}
      <DialogActions>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button look="primary" onClick={leave}>
          <span className="truncate">Confirm with {provider}</span>
        </Button>
      </DialogActions>
    </>
  );
}
