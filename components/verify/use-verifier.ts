"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { verifyThreadHref } from "../../lib/contracts/verify.ts";
import type { VerifyAnswer, VerifyOutcome, VerifyRequest } from "./verify-messages.ts";

export type VerifierState =
  | { readonly is: "loading" | "ready" | "failed" }
  | { readonly is: "working"; readonly entries: number; readonly of: number }
  | { readonly is: "done"; readonly outcome: VerifyOutcome }
  | { readonly is: "refused"; readonly words: string };

/**
 * The thread that verifies, and one in reserve for when it is stopped. Both are loaded with the page, so that nothing is
 * asked of the network afterwards.
 */
export function useVerifier() {
  const [state, setState] = useState<VerifierState>({ is: "loading" });
  const threads = useRef<Worker[]>([]);

  const load = useCallback(() => {
    const thread = new Worker(verifyThreadHref, { type: "module" });
    thread.onmessage = ({ data }: MessageEvent<VerifyAnswer>) => {
      if (data.is === "ready") setState((now) => (now.is === "loading" ? { is: "ready" } : now));
      else if (data.is === "progress") setState({ is: "working", entries: data.entries, of: data.of });
      else if (data.is === "outcome") setState({ is: "done", outcome: data.outcome });
      else setState({ is: "refused", words: data.words });
    };
    thread.onerror = () => {
      threads.current = threads.current.filter((each) => each !== thread);
      if (threads.current.length === 0) setState({ is: "failed" });
    };
    threads.current.push(thread);
  }, []);

  useEffect(() => {
    load();
    load();
    return () => {
      for (const thread of threads.current) thread.terminate();
      threads.current = [];
    };
  }, [load]);

  const verify = useCallback((request: VerifyRequest) => {
    setState({ is: "working", entries: 0, of: 0 });
    threads.current[0]?.postMessage(request);
  }, []);

  const stop = useCallback(() => {
    threads.current.shift()?.terminate();
    setState({ is: threads.current.length > 0 ? "ready" : "loading" });
    load();
  }, [load]);

  return { state, verify, stop };
}
