"use client";

import { useEffect, useRef, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";

export type RunPhase = "idle" | "running" | "ended" | "stopped";

export type LineRun<Input, Line> = {
  readonly phase: RunPhase;
  readonly isRunning: boolean;
  /** What came so far. */
  readonly lines: readonly Line[];
  readonly problem: { readonly code: string; readonly message: string } | null;
  readonly run: (input: Input) => Promise<void>;
  readonly stop: () => void;
  /** Forgets the last run; a running one is stopped. */
  readonly reset: () => void;
};

/** Long work whose answer comes line by line, once at a time. Leaving the page stops it. */
export function useLineRun<Input, Line>(
  start: (input: Input, onLine: (line: Line) => void, signal: AbortSignal) => Promise<void>,
): LineRun<Input, Line> {
  const [phase, setPhase] = useState<RunPhase>("idle");
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [problem, setProblem] = useState<LineRun<Input, Line>["problem"]>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const begin = (next: RunPhase): AbortController => {
    current.current?.abort();
    const mine = new AbortController();
    current.current = mine;
    setLines([]);
    setProblem(null);
    setPhase(next);
    return mine;
  };
  const run = async (input: Input): Promise<void> => {
    const mine = begin("running");
    // What a run that was replaced still says is not heard.
    const isMine = (): boolean => current.current === mine;
    try {
      await start(input, (line) => isMine() && setLines((before) => [...before, line]), mine.signal);
      if (isMine()) setPhase("ended");
    } catch (error) {
      if (!isMine()) return;
      setPhase(mine.signal.aborted ? "stopped" : "ended");
      if (!mine.signal.aborted) setProblem(problemOf(error));
    }
  };
  return {
    phase,
    isRunning: phase === "running",
    lines,
    problem,
    run,
    stop: () => current.current?.abort(),
    reset: () => void begin("idle"),
  };
}

function problemOf(error: unknown): { code: string; message: string } {
  return error instanceof ProblemError
    ? { code: error.problem.code, message: error.message }
    : { code: "internal", message: "It ended without an answer." };
}
