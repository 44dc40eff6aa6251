import { field } from "./json-fields.ts";

/** How what is heard is written down: null where it is not; undefined where nothing is said of it. */
export function transcriptionOf(session: unknown): unknown {
  const now = field(field(field(session, "audio"), "input"), "transcription");
  return now === undefined ? field(session, "input_audio_transcription") : now;
}
