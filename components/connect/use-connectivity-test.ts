"use client";

import { useEffect, useRef, useState } from "react";
import { testConnectivity } from "../../lib/client/connect.ts";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import type { ConnectivityInput, TestedStep } from "../../lib/contracts/connectivity.ts";

type Problem = { readonly code: string; readonly message: string };

export type TestPhase = "idle" | "running" | "ended" | "stopped";

export type ConnectivityTest = {
  readonly phase: TestPhase;
  readonly isRunning: boolean;
  readonly steps: readonly TestedStep[];
  readonly problem: Problem | null;
  readonly run: (input: ConnectivityInput) => Promise<void>;
  readonly stop: () => void;
  /** Forgets the last test; a running one is stopped. */
  readonly reset: () => void;
};

/** One test at a time. Leaving the page stops it, and with it the call to the provider. */
export function useConnectivityTest(): ConnectivityTest {
  const [phase, setPhase] = useState<TestPhase>("idle");
  const [steps, setSteps] = useState<readonly TestedStep[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const begin = (next: TestPhase): AbortController => {
    current.current?.abort();
    const mine = new AbortController();
    current.current = mine;
    setSteps([]);
    setProblem(null);
    setPhase(next);
    return mine;
  };
  const run = async (input: ConnectivityInput): Promise<void> => {
    const mine = begin("running");
    try {
      await testConnectivity(
        input,
        (step) => {
          if (current.current === mine) setSteps((before) => [...before, step]);
        },
        mine.signal,
      );
      if (current.current === mine) setPhase("ended");
    } catch (error) {
      if (current.current !== mine) return;
      setPhase(mine.signal.aborted ? "stopped" : "ended");
      if (!mine.signal.aborted)
        setProblem(
          error instanceof ProblemError
            ? { code: error.problem.code, message: error.message }
            : { code: "internal", message: "The test ended without an answer." },
        );
    }
  };
  return {
    phase,
    isRunning: phase === "running",
    steps,
    problem,
    run,
    stop: () => current.current?.abort(),
    reset: () => void begin("idle"),
  };
}
