import type { ModelRow, RegionCode } from "../catalog.ts";
import { type Cells, processedIn, regionCodes, storedIn } from "./cells.ts";
import { shutdowns } from "./model-shutdowns.ts";
import { upliftOf } from "./model-uplift.ts";

type Family = {
  readonly endpoints: readonly string[];
  readonly processing: Cells;
  readonly storage: Cells;
};

type Extra = {
  readonly excludedTiers?: Readonly<Record<RegionCode, readonly string[]>>;
  readonly note?: string;
};

function listed(family: Family, ids: readonly string[], extra: Extra = {}): ModelRow[] {
  return ids.map((id) => ({
    id,
    endpoints: family.endpoints,
    storage: family.storage,
    processing: family.processing,
    excludedTiers: extra.excludedTiers ?? {},
    shutdown: shutdowns[id] ?? null,
    uplift: upliftOf(id),
    note: extra.note ?? "",
  }));
}

const usEu = { processing: processedIn(["us", "eu"]), storage: storedIn("everywhere") };
const usEuAe = { processing: processedIn(["us", "eu", "ae"]), storage: storedIn("everywhere") };
const usEuOnly = { processing: processedIn(["us", "eu"]), storage: storedIn(["us", "eu"]) };

const chat = ["/v1/chat/completions", "/v1/responses", "/v1/batches"];
const responses = ["/v1/responses", "/v1/batches"];
const fineTuned = [...chat, "/v1/fine_tuning/jobs"];
const audio = ["/v1/audio/transcriptions", "/v1/audio/translations", "/v1/audio/speech"];
const audioNote =
  "The list names /v1/audio/* as a whole; which of its endpoints the model serves it does not say.";
const images = ["/v1/images/generations", "/v1/images/edits"];
const transcription = ["/v1/realtime/transcription_sessions"];

/** `fast` and `priority` ask for the same mode (OpenAI Node SDK 7.57.0). */
const fastMode = ["fast", "priority"];

/** The same tiers excluded in every region but the named ones. */
function everywhereBut(
  regions: readonly RegionCode[],
  tiers: readonly string[],
): Record<RegionCode, readonly string[]> {
  const others = regionCodes.filter((region) => !regions.includes(region));
  return Object.fromEntries(others.map((region) => [region, tiers]));
}

const europeViaNamedTiers = "Europe via standard, flex, batch and fast mode.";

/**
 * The provider's list of models for residency: dated snapshots mostly. An alias such as `gpt-4o` is not
 * in it, so a call is judged by the model that answered.
 */
export const models: readonly ModelRow[] = [
  ...listed({ ...usEu, endpoints: chat }, ["gpt-6-astra"], {
    excludedTiers: { ...everywhereBut(["us"], ["ultrafast"]), eu: [...fastMode, "ultrafast"] },
    note: "Fast mode is not available under European residency; ultrafast under US residency and globally only.",
  }),
  ...listed({ ...usEuOnly, endpoints: chat }, ["gpt-6.1-sol"], {
    excludedTiers: everywhereBut(["us", "eu"], ["ultrafast"]),
    note: "US and European residency only.",
  }),
  ...listed({ ...usEu, endpoints: chat }, ["gpt-6-sol"], {
    excludedTiers: { eu: ["ultrafast"] },
    note: europeViaNamedTiers,
  }),
  ...listed({ ...usEu, endpoints: [...chat, "/v1/decisions"] }, ["gpt-6-luna"], {
    excludedTiers: { eu: ["ultrafast"] },
    note: europeViaNamedTiers,
  }),
  ...listed({ ...usEu, endpoints: chat }, [
    "gpt-5.6-sol",
    "gpt-5.6-terra",
    "gpt-5.4-2026-03-05",
    "gpt-5.4-mini-2026-03-17",
    "gpt-5.4-nano-2026-03-17",
    "gpt-5.1-2025-11-13",
    "gpt-5-2025-08-07",
    "gpt-5-mini-2025-08-07",
    "gpt-5-nano-2025-08-07",
    "gpt-4.1-nano-2025-04-14",
    "o3-mini-2025-01-31",
    "o3-2025-04-16",
    "o4-mini-2025-04-16",
    "o1-2024-12-17",
    "gpt-4o-2024-11-20",
    "gpt-4-turbo-2024-04-09",
    "gpt-4-0613",
    "gpt-3.5-turbo-0125",
  ]),
  ...listed({ ...usEuAe, endpoints: chat }, ["gpt-5.6-luna", "gpt-5.5-2026-04-23", "gpt-5.2-2025-12-11"]),
  ...listed({ ...usEu, endpoints: fineTuned }, [
    "gpt-4.1-2025-04-14",
    "gpt-4.1-mini-2025-04-14",
    "gpt-4o-2024-08-06",
    "gpt-4o-mini-2024-07-18",
  ]),
  ...listed({ ...usEuAe, endpoints: responses }, ["gpt-5.5-pro-2026-04-23"]),
  ...listed({ ...usEu, endpoints: responses }, [
    "gpt-5.4-pro-2026-03-05",
    "gpt-5.2-pro-2025-12-11",
    "gpt-5-pro-2025-10-06",
    "o1-pro",
    "o1-pro-2025-03-19",
  ]),
  ...listed({ ...usEu, endpoints: ["/v1/embeddings"] }, ["text-embedding-3-small", "text-embedding-ada-002"]),
  ...listed({ ...usEuAe, endpoints: ["/v1/embeddings"] }, ["text-embedding-3-large"]),
  ...listed(
    { ...usEu, endpoints: audio },
    ["tts-1", "whisper-1", "gpt-4o-tts", "gpt-4o-transcribe", "gpt-4o-mini-transcribe"],
    { note: audioNote },
  ),
  ...listed({ ...usEu, endpoints: [...audio, ...transcription] }, ["gpt-transcribe"], { note: audioNote }),
  ...listed({ ...usEu, endpoints: images }, [
    "gpt-image-2.5-sunburst",
    "gpt-image-2.5-sunburst-2026-09-08",
    "gpt-image-2.5-flare",
    "gpt-image-2.5-flare-2026-09-08",
    "gpt-image-2",
    "gpt-image-1",
    "gpt-image-1.5",
    "gpt-image-1-mini",
  ]),
  ...listed({ ...usEu, endpoints: ["/v1/moderations"] }, ["omni-moderation-latest"]),
  ...listed({ ...usEuOnly, endpoints: ["/v1/live/sessions"] }, ["gpt-live-1"]),
  ...listed({ ...usEuOnly, endpoints: ["/v1/realtime"] }, [
    "gpt-realtime",
    "gpt-realtime-1.5",
    "gpt-realtime-mini",
    "gpt-realtime-2",
    "gpt-realtime-2.1",
    "gpt-realtime-2.1-mini",
  ]),
  ...listed({ ...usEuOnly, endpoints: transcription }, ["gpt-realtime-whisper", "gpt-live-transcribe"]),
  ...listed({ ...usEuOnly, endpoints: ["/v1/realtime/translations"] }, ["gpt-realtime-translate"]),
];
