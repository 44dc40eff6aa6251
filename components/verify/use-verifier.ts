"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { verifyThreadHref } from "../../lib/contracts/verify.ts";
import type { ThreadAnswer, ThreadOrder, VerifyOutcome, VerifyRequest } from "./verify-messages.ts";

export type VerifierState =
  | { readonly is: "loading" | "ready" | "failed" }
  | { readonly is: "working"; readonly entries: number; readonly of: number }
  | { readonly is: "done"; readonly outcome: VerifyOutcome }
  | { readonly is: "refused"; readonly words: string };

type Thread = { readonly worker: Worker; isReady: boolean };

/** A thread leaves off between two files of entries; one that does not within this time is ended. */
const patienceMs = 3_000;

/**
 * The thread that verifies, and one in reserve for when it has to be ended. Both are loaded with the page, so that nothing is
 * asked of the network afterwards. Each run has a number: what a thread says of an earlier one is heard no more.
 */
export function useVerifier() {
  const [state, setState] = useState<VerifierState>({ is: "loading" });
  const threads = useRef<Thread[]>([]);
  const run = useRef(0);
  /** What is being worked on; null: nothing. */
  const order = useRef<ThreadOrder | null>(null);
  const ending = useRef<ReturnType<typeof setTimeout> | null>(null);

  const drop = useCallback((thread: Thread) => {
    threads.current = threads.current.filter((each) => each !== thread);
    thread.worker.terminate();
  }, []);

  const load = useCallback(() => {
    const worker = new Worker(verifyThreadHref, { type: "module" });
    const thread: Thread = { worker, isReady: false };
    worker.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => {
      if (data.is === "ready") {
        thread.isReady = true;
        setState((now) => (now.is === "loading" || now.is === "failed" ? { is: "ready" } : now));
        return;
      }
      if (data.is !== "progress" && ending.current !== null) {
        clearTimeout(ending.current);
        ending.current = null;
      }
      if (data.run !== order.current?.run || data.is === "left") return;
      if (data.is !== "progress") order.current = null;
      if (data.is === "progress") setState({ is: "working", entries: data.entries, of: data.of });
      else if (data.is === "outcome") setState({ is: "done", outcome: data.outcome });
      else setState({ is: "refused", words: data.words });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const wasWorking = threads.current[0] === thread && order.current !== null;
      drop(thread);
      if (wasWorking && thread.isReady) {
        order.current = null;
        setState({ is: "refused", words: diedWords });
      } else if (threads.current.length === 0) {
        order.current = null;
        setState({ is: "failed" });
      } else if (wasWorking) threads.current[0]?.worker.postMessage(order.current);
      // One that died at its work was loaded, and so can another be; one that did not load would not the next time.
      if (thread.isReady) load();
    };
    threads.current.push(thread);
  }, [drop]);

  useEffect(() => {
    load();
    load();
    return () => {
      if (ending.current !== null) clearTimeout(ending.current);
      for (const { worker } of threads.current) worker.terminate();
      threads.current = [];
    };
  }, [load]);

  const verify = useCallback((request: VerifyRequest) => {
    run.current += 1;
    order.current = { run: run.current, request };
    setState({ is: "working", entries: 0, of: 0 });
    threads.current[0]?.worker.postMessage(order.current);
  }, []);

  /** Leaves off, and shows nothing of what was found. */
  const reset = useCallback(() => {
    setState((now) => (now.is === "loading" || now.is === "failed" ? now : { is: "ready" }));
    const [first] = threads.current;
    if (order.current === null || first === undefined) return;
    run.current += 1;
    order.current = null;
    first.worker.postMessage({ run: run.current, request: null } satisfies ThreadOrder);
    ending.current ??= setTimeout(() => {
      ending.current = null;
      drop(first);
      load();
      // Another run may have been asked for meanwhile, of the thread that does not listen.
      if (order.current !== null) threads.current[0]?.worker.postMessage(order.current);
    }, patienceMs);
  }, [drop, load]);

  return { state, verify, reset };
}

const diedWords =
  "The verifier broke off over this pack: it may take more memory than a browser gives. Nothing can be told of it here. The file below, domicile-verify.mjs, checks the same on a machine of yours.";
