import { beginAnswer } from "../exchange.ts";
import { pause } from "../pause.ts";
import {
  type ApiCall,
  bytes,
  give,
  type Handlers,
  nowSeconds,
  refuse,
  simulatedText,
  stream,
} from "./api-call.ts";
import { tokensIn } from "./stored-text.ts";

/** Images, audio, moderations and the older completions. */
export const mediaHandlers: Handlers = {
  "images.generate": (call) => image(call, "image_generation"),
  "images.edit": (call) => image(call, "image_edit"),
  "images.create_variation": (call) => image(call, "image_generation"),
  "audio.speech.create": (call) => speech(call),
  "audio.transcriptions.create": (call) => transcript(call, "transcribe"),
  "audio.translations.create": (call) => transcript(call, "translate"),
  "moderations.create": (call) => {
    const inputs = Array.isArray(call.body.input) ? call.body.input : [call.body.input];
    give(call, {
      id: call.store.newId("modr-"),
      model: typeof call.body.model === "string" ? call.body.model : "omni-moderation-latest",
      results: inputs.map(() => ({
        flagged: false,
        categories: { hate: false, violence: false },
        category_scores: { hate: 0.0001, violence: 0.0001 },
        category_applied_input_types: { hate: ["text"], violence: ["text"] },
      })),
    });
  },
  "completions.create": (call) => completion(call),
};

async function completion(call: ApiCall): Promise<void> {
  const { model, prompt } = call.body;
  const id = call.store.newId("cmpl-");
  const head = { id, object: "text_completion", created: nowSeconds(), model };
  const usage = {
    prompt_tokens: tokensIn(prompt),
    completion_tokens: 12,
    total_tokens: tokensIn(prompt) + 12,
  };
  if (call.body.stream !== true) {
    const choice = { text: simulatedText, index: 0, logprobs: null, finish_reason: "stop" };
    return give(call, { ...head, choices: [choice], usage });
  }
  const words = simulatedText.split(" ");
  const events = words.map((word, i) => ({
    data: {
      ...head,
      choices: [
        { text: `${word} `, index: 0, logprobs: null, finish_reason: i === words.length - 1 ? "stop" : null },
      ],
    },
  }));
  await stream(call, events, { done: true });
}

/** One pixel, PNG. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async function image(call: ApiCall, name: string): Promise<void> {
  const usage = {
    input_tokens: tokensIn(call.body.prompt),
    input_tokens_details: { image_tokens: 0, text_tokens: tokensIn(call.body.prompt) },
    output_tokens: 16,
    total_tokens: tokensIn(call.body.prompt) + 16,
  };
  const created = nowSeconds();
  if (call.body.stream !== true && call.body.stream !== "true") {
    const n = Math.min(Math.max(Number(call.body.n ?? 1) || 1, 1), 10);
    const data = Array.from({ length: n }, () => ({ b64_json: pixel }));
    return give(call, { created, data, size: "1024x1024", quality: "high", output_format: "png", usage });
  }
  const about = {
    b64_json: pixel,
    created_at: created,
    size: "1024x1024",
    quality: "high",
    output_format: "png",
    background: "opaque",
  };
  const partial = { type: `${name}.partial_image`, partial_image_index: 0, ...about };
  const completed = { type: `${name}.completed`, ...about, usage };
  await stream(call, [
    { event: partial.type, data: partial },
    { event: completed.type, data: completed },
  ]);
}

const speechTypes: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  opus: "audio/opus",
  aac: "audio/aac",
  flac: "audio/flac",
  wav: "audio/wav",
  pcm: "audio/pcm",
};

async function speech(call: ApiCall): Promise<void> {
  const { stream_format, response_format } = call.body;
  const chunk = Buffer.alloc(4_096, 0x55);
  if (stream_format === "sse") {
    const usage = {
      input_tokens: tokensIn(call.body.input),
      output_tokens: 20,
      total_tokens: tokensIn(call.body.input) + 20,
    };
    await stream(call, [
      { data: { type: "speech.audio.delta", audio: chunk.toString("base64") } },
      { data: { type: "speech.audio.done", usage } },
    ]);
    return;
  }
  const { exchange } = call;
  const type = speechTypes[String(response_format ?? "mp3")] ?? "audio/mpeg";
  beginAnswer(exchange, 200, { processingMs: call.processingMs, headers: { "content-type": type } });
  for (let piece = 0; piece < 4; piece += 1) {
    exchange.response.write(chunk);
    if (call.betweenMs > 0 && !(await pause(call.betweenMs, exchange.gone))) return;
  }
  exchange.response.end();
}

async function transcript(call: ApiCall, task: "transcribe" | "translate"): Promise<void> {
  const [file] = call.form?.files ?? [];
  if (!file) return refuse(call, 400, "'file' is a required property");
  const format = String(call.body.response_format ?? "json");
  const usage = {
    type: "tokens",
    input_tokens: Math.max(1, Math.ceil(file.bytes / 1_000)),
    input_token_details: { text_tokens: 0, audio_tokens: Math.max(1, Math.ceil(file.bytes / 1_000)) },
    output_tokens: 12,
    total_tokens: Math.max(1, Math.ceil(file.bytes / 1_000)) + 12,
  };
  if (call.body.stream === "true") {
    await stream(call, [
      { data: { type: "transcript.text.delta", delta: simulatedText } },
      { data: { type: "transcript.text.done", text: simulatedText, usage } },
    ]);
    return;
  }
  if (format === "text") return bytes(call, Buffer.from(`${simulatedText}\n`), "text/plain; charset=utf-8");
  if (format === "srt")
    return bytes(
      call,
      Buffer.from(`1\n00:00:00,000 --> 00:00:02,000\n${simulatedText}\n\n`),
      "text/plain; charset=utf-8",
    );
  if (format === "vtt")
    return bytes(
      call,
      Buffer.from(`WEBVTT\n\n00:00.000 --> 00:02.000\n${simulatedText}\n`),
      "text/plain; charset=utf-8",
    );
  if (format === "verbose_json")
    return give(call, { task, language: "english", duration: 2, text: simulatedText, segments: [] });
  give(call, { text: simulatedText, usage });
}
