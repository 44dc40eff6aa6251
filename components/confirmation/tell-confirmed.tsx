"use client";

import { useEffect } from "react";
import { type ConfirmedMessage, confirmedChannel } from "../../lib/contracts/confirmation.ts";
import type { SignInProblem } from "../../lib/contracts/sign-in.ts";

/** Tells the page that asked, and closes the window where a browser lets it. */
export function TellConfirmed({ problem }: { problem: SignInProblem | null }) {
  useEffect(() => {
    const channel = new BroadcastChannel(confirmedChannel);
    channel.postMessage({ problem } satisfies ConfirmedMessage);
    channel.close();
    window.close();
  }, [problem]);
  return null;
}
