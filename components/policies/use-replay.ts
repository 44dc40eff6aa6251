"use client";

import { useCallback, useEffect, useState } from "react";
import { replayChunk } from "../../lib/client/policies.ts";
import { whenThereIsRoom } from "../../lib/client/when-there-is-room.ts";
import type { ReplayChunk, ReplayInput } from "../../lib/contracts/replays.ts";
import { addChunk, nothingReplayed, type ReplaySum } from "./replay-sum.ts";

export type ReplayAsk = Pick<ReplayInput, "tenant" | "from" | "to" | "under">;

export type ReplayState = {
  readonly phase: "idle" | "running" | "done" | "cut" | "cancelled" | "failed";
  readonly sum: ReplaySum;
  readonly problem: string | null;
  /** The next part waits for other work. */
  readonly isWaiting?: boolean;
};

export type ReplayRun = ReplayState & {
  readonly cancel: () => void;
  /** Asks the same once more, from the start. */
  readonly restart: () => void;
};

const idle: ReplayState = { phase: "idle", sum: nothingReplayed, problem: null };

/**
 * Replays a period part by part, the newest calls first, and shows the sum so far. Another question ends the one under
 * way. `cut`: `callsMax` was reached and older calls were left out.
 */
export function useReplay(
  ask: ReplayAsk | null,
  { callsMax, delayMs }: { callsMax: number; delayMs: number },
): ReplayRun {
  const key = ask === null ? null : JSON.stringify(ask);
  const [state, setState] = useState<ReplayState>(idle);
  const [running, setRunning] = useState<AbortController | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks the same question once more.
  useEffect(() => {
    if (key === null) {
      setState(idle);
      return;
    }
    const controller = new AbortController();
    setRunning(controller);
    setState({ phase: "running", sum: nothingReplayed, problem: null });
    const timer = setTimeout(() => {
      void run(JSON.parse(key), callsMax, controller.signal, setState);
    }, delayMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key, turn, callsMax, delayMs]);
  const cancel = useCallback(() => {
    running?.abort();
    setState((before) => (before.phase === "running" ? { ...before, phase: "cancelled" } : before));
  }, [running]);
  const restart = useCallback(() => setTurn((before) => before + 1), []);
  return { ...state, cancel, restart };
}

async function run(
  ask: ReplayAsk,
  callsMax: number,
  signal: AbortSignal,
  show: (state: ReplayState) => void,
): Promise<void> {
  let sum = nothingReplayed;
  let cursor: string | null = null;
  try {
    do {
      const input: ReplayInput = { ...ask, cursor };
      const chunk: ReplayChunk = await whenThereIsRoom(
        () => replayChunk(input, signal),
        signal,
        () => show({ phase: "running", sum, problem: null, isWaiting: true }),
      );
      if (signal.aborted) return;
      sum = addChunk(sum, chunk);
      cursor = chunk.nextCursor;
      const isCut = cursor !== null && sum.looked >= callsMax;
      if (isCut) {
        show({ phase: "cut", sum, problem: null });
        return;
      }
      show({ phase: cursor === null ? "done" : "running", sum, problem: null });
    } while (cursor !== null);
  } catch (error) {
    if (signal.aborted) return;
    show({ phase: "failed", sum, problem: error instanceof Error ? error.message : "It did not work." });
  }
}
