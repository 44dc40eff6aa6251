import { presets } from "../../lib/core/policies/presets.ts";

/** A preset's title; a policy of its own is none of them. */
export function presetTitle(id: string): string {
  return presets.find((preset) => preset.id === id)?.title ?? "Own policy";
}

export function enforcementWord(mode: "block" | "observe"): string {
  return mode === "block" ? "Blocks" : "Observes";
}
