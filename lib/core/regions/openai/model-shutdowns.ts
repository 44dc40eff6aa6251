import type { Shutdown } from "../catalog.ts";
import { shutdown } from "./cells.ts";

/** The same end for several names. */
function ending(ids: readonly string[], end: Shutdown): Record<string, Shutdown> {
  return Object.fromEntries(ids.map((id) => [id, end]));
}

const transcription = "gpt-live-transcribe or gpt-transcribe";
const page = { from: "page" } as const;
const aliasNote = "The notice names the undated model; the snapshot is taken to end with it.";

/**
 * Announced ends of models that are in the residency list. A name that is missing here has no announced end
 * that could be read: that is not the promise that it has none.
 */
export const shutdowns: Readonly<Record<string, Shutdown>> = {
  ...ending(["gpt-3.5-turbo-0125"], shutdown("2026-10-23", "gpt-5.6-terra")),
  ...ending(["gpt-4-0613", "gpt-4-turbo-2024-04-09"], shutdown("2026-10-23", "gpt-5.6-sol")),
  ...ending(["o1-2024-12-17", "o3-mini-2025-01-31"], shutdown("2026-10-23", "gpt-5.6-sol")),
  ...ending(["o1-pro", "o1-pro-2025-03-19"], shutdown("2026-10-23", "gpt-5.6-sol with reasoning.mode: pro")),
  ...ending(["o4-mini-2025-04-16"], shutdown("2026-10-23", "gpt-5.6-terra")),
  ...ending(["gpt-4.1-nano-2025-04-14", "gpt-image-1"], shutdown("2026-10-23")),
  ...ending(
    ["gpt-image-1-mini", "gpt-image-1.5"],
    shutdown("2026-12-01", "gpt-image-2.6-sunburst or gpt-image-2.6-flare", page),
  ),
  ...ending(["gpt-5-2025-08-07"], shutdown("2026-12-11", "gpt-6.1-sol", page)),
  ...ending(["gpt-5-mini-2025-08-07"], shutdown("2026-12-11", "gpt-6.1-terra", page)),
  ...ending(["gpt-5-nano-2025-08-07"], shutdown("2026-12-11", null, page)),
  ...ending(["o3-2025-04-16"], shutdown("2026-12-11", "gpt-5.6-sol")),
  ...ending(["gpt-5-pro-2025-10-06"], shutdown("2026-12-11", null, { note: aliasNote })),
  ...ending(["tts-1"], shutdown("2027-01-06")),
  ...ending(
    [
      "gpt-4o-2024-08-06",
      "gpt-4o-2024-11-20",
      "gpt-4o-mini-2024-07-18",
      "gpt-4.1-2025-04-14",
      "gpt-4.1-mini-2025-04-14",
    ],
    shutdown("2027-01-14", "gpt-6-luna"),
  ),
  ...ending(["gpt-realtime"], shutdown("2027-01-20")),
  ...ending(
    ["whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-transcribe"],
    shutdown("2027-02-26", transcription),
  ),
  ...ending(
    ["gpt-5.1-2025-11-13", "gpt-5.4-nano-2026-03-17"],
    shutdown("2027-04-01", null, { note: aliasNote }),
  ),
};
