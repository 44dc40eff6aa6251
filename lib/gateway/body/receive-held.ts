import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { isModestJson, measureJson, namesTwice } from "../../core/calls/measure-json.ts";
import { isObject } from "../../core/is-object.ts";
import type { ByteBudget } from "../../http/byte-budget.ts";
import { createByteCollector } from "../../http/byte-collector.ts";
import { BodyUnreadable, readBody } from "../../http/read-body.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { createCopyDecoder } from "../observe/decode-copy.ts";
import type { BodyContent } from "./body-content.ts";
import type { GatewayBodyLimits, ReceivedBody } from "./received-body.ts";

const unread: BodyContent = { reading: "unread", json: undefined };

/** A body that is whole in memory before anything is decided, and what it says. */
export async function receiveHeld(
  request: IncomingMessage,
  limits: GatewayBodyLimits,
): Promise<ReceivedBody> {
  const held = await readBody(request, limits, limits.arrivalMsMax).catch((error: unknown) => {
    if (!(error instanceof BodyUnreadable)) throw error;
    throw new GatewayRefusal(codes[error.problem], {
      cause: error.problem === "aborted" ? error : undefined,
    });
  });
  const { bytes, release } = held;
  const coding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const content = coding === "identity" ? readJson(bytes) : await readDecoded(bytes, coding, limits.budget);
  return {
    outgoing: bytes.byteLength === 0 ? { kind: "none" } : { kind: "held", bytes },
    content: () => content,
    refusal: () => null,
    release,
  };
}

const codes = {
  too_large: "body_too_large",
  over_budget: "gateway_busy",
  aborted: "request_timeout",
} as const;

/**
 * trust: a body that two readers may take differently counts as one that nobody read: letters that are none, a name
 * that stands twice in one object, anything but an object. So does one that is deeper or has more in it than any API takes.
 */
function readJson(bytes: Buffer): BodyContent {
  if (bytes.byteLength === 0) return { reading: "none", json: undefined };
  const measure = measureJson(bytes);
  const json = isModestJson(measure) ? parseObject(bytes) : null;
  if (json === null || namesTwice(measure, json)) return unread;
  return { reading: "read", json };
}

function parseObject(bytes: Buffer): object | null {
  if (!isUtf8(bytes)) return null;
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const decodedBytesMax = 64 * 1024 * 1024;

/** A bounded copy is decoded to be read; what passes on are the bytes as they came. */
function readDecoded(bytes: Buffer, coding: string, budget: ByteBudget): Promise<BodyContent> {
  return new Promise((resolve) => {
    const collector = createByteCollector();
    const decoder = createCopyDecoder(
      coding,
      {
        data(piece) {
          const fits = collector.bytes() + piece.byteLength <= decodedBytesMax;
          if (!fits || !budget.take(piece.byteLength)) return false;
          collector.push(piece);
          return true;
        },
        end(whole) {
          const content = whole ? readJson(collector.whole()) : unread;
          budget.give(collector.bytes());
          collector.clear();
          resolve(content);
        },
      },
      () => {},
    );
    if (!decoder) return resolve(unread);
    decoder.push(bytes);
    decoder.end();
  });
}
