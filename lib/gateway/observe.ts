import { isUtf8 } from "node:buffer";
import type { BodyReading } from "../core/calls/call-facts.ts";
import { isModestJson, measureJson } from "../core/calls/measure-json.ts";
import type { Operation } from "../core/calls/operation.ts";
import { type AnswerReading, readAnswer } from "../core/calls/read-answer.ts";
import { type ListedModel, readModelList } from "../core/calls/read-model-list.ts";
import { createStreamReader } from "../core/calls/read-stream.ts";
import type { ByteBudget } from "../http/byte-budget.ts";
import { createByteCollector } from "../http/byte-collector.ts";
import { createCopyDecoder } from "./observe/decode-copy.ts";
import { createLineSplitter } from "./observe/line-splitter.ts";

/** What was read of an answer. `unread`: something of it was not, and nothing follows from what is absent. */
export type Observation = AnswerReading & {
  readonly body: BodyReading;
  /** null where no list of models was asked for, or none was read. */
  readonly modelsListed: readonly ListedModel[] | null;
  /** `performance.now()` when the first piece of a streamed answer came; null where it is no stream, or none came. */
  readonly contentAt: number | null;
};

/** Reads a copy of an answer on its way to the caller. Keeps names, ids and counts; drops the text. */
export type Observer = {
  /** False: the copy is behind; wait for `onDrain`. */
  push(chunk: Buffer): boolean;
  /** The answer is over. `whole`: with its own end. */
  finish(whole: boolean): Promise<Observation>;
};

export type ObserverInput = {
  readonly operation: Operation;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** For copies of answers that are not streams; one that finds no place is left unread. */
  readonly budget: ByteBudget;
  readonly onDrain: () => void;
};

const lineBytesMax = 4 * 1024 * 1024;
const documentBytesMax = 64 * 1024 * 1024;

export function createObserver(input: ObserverInput): Observer {
  const stream = /^text\/event-stream\b/i.test(input.contentType ?? "");
  const reader = stream ? readEvents(input.operation) : readDocument(input);
  let settle: (observation: Observation) => void = () => {};
  const result = new Promise<Observation>((resolve) => {
    settle = resolve;
  });
  let cut = false;
  const decoder = createCopyDecoder(
    stream || isReadable(input) ? input.contentEncoding : undefined,
    { data: reader.data, end: (whole) => settle(reader.result(whole && !cut)) },
    input.onDrain,
  );
  if (!decoder) return { push: () => true, finish: async () => reader.result(false) };
  return {
    push: decoder.push,
    finish(whole) {
      cut = !whole;
      decoder.end();
      return result;
    },
  };
}

type Reader = { data(chunk: Buffer): boolean; result(whole: boolean): Observation };

function readEvents(operation: Operation): Reader {
  let contentAt: number | null = null;
  const events = createStreamReader(operation, () => {
    contentAt = performance.now();
  });
  const lines = createLineSplitter(lineBytesMax, events.push);
  return {
    data(chunk) {
      lines.push(chunk);
      return true;
    },
    result(whole) {
      lines.end();
      const { complete, ...reading } = events.result();
      const read = reading.read && whole && complete && lines.dropped() === 0;
      return { ...reading, body: read ? "read" : "unread", modelsListed: null, contentAt };
    },
  };
}

/** Files are content; of an error that comes in a file's place the code is read. */
function isReadable({ operation, status, contentType }: ObserverInput): boolean {
  if (operation.id.endsWith(".content") && status < 300) return false;
  return contentType === undefined || /^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType);
}

function readDocument(input: ObserverInput): Reader {
  const { operation, status, budget } = input;
  const collector = createByteCollector();
  const wanted = isReadable(input);
  let arrived = false;
  const drop = (): void => {
    budget.give(collector.bytes());
    collector.clear();
  };
  return {
    data(chunk) {
      arrived = true;
      const fits = collector.bytes() + chunk.byteLength <= documentBytesMax;
      if (!wanted || !fits || !budget.take(chunk.byteLength)) {
        drop();
        return false;
      }
      collector.push(chunk);
      return true;
    },
    result(whole) {
      const empty = whole && !arrived;
      const json = whole && !empty ? parse(collector.whole()) : undefined;
      drop();
      const reading = readAnswer(operation, status, json);
      const modelsListed = operation.id === "models.list" && status === 200 ? readModelList(json) : null;
      if (empty) return { ...reading, body: "none", modelsListed, contentAt: null };
      return { ...reading, body: reading.read ? "read" : "unread", modelsListed, contentAt: null };
    },
  };
}

/** trust: letters that are none are not read as others; what is too deep or too much is not parsed. */
function parse(bytes: Buffer): unknown {
  if (!isUtf8(bytes) || !isModestJson(measureJson(bytes))) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
