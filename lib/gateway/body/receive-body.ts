import type { IncomingMessage } from "node:http";
import { field } from "../../core/calls/json-fields.ts";
import { createByteCollector } from "../../http/byte-collector.ts";
import { GatewayRefusal } from "../answer-error.ts";
import type { BodyContent } from "./body-content.ts";
import type { OpenFileTap } from "./body-tap.ts";
import { createFormReader, type FormReader } from "./form-reader.ts";
import { receiveHeld } from "./receive-held.ts";
import type { GatewayBodyLimits, ReceivedBody } from "./received-body.ts";
import { createUpload } from "./upload.ts";

/** Looked at before anything is decided. A body that is shorter is held like one of JSON. */
const headBytesMax = 1024 * 1024;
/** As much of a form is looked at where nothing can be decided before it has said its `model`. */
const headToModelBytesMax = 64 * 1024 * 1024;

const nothing: ReceivedBody = {
  outgoing: { kind: "none" },
  content: () => ({ reading: "none", json: undefined }),
  refusal: () => null,
  release: () => {},
};

/**
 * The request's body: JSON and text whole, everything else as far as its first MiB.
 *
 * What cannot be read is a fact about the call and no error of the caller. `untilModel`: a form is held until it has said
 * its `model`, which clients put behind the file.
 */
export async function receiveBody(
  request: IncomingMessage,
  limits: GatewayBodyLimits,
  openFile: OpenFileTap | null,
  untilModel = false,
): Promise<ReceivedBody> {
  if (!hasBody(request)) return nothing;
  if (!isStreamed(request)) return receiveHeld(request, limits);
  return receiveStreamed(request, limits, openFile, untilModel);
}

/** True for bodies that are passed on before their end is here. */
export function isStreamed({ headers }: IncomingMessage): boolean {
  const type = headers["content-type"];
  return type !== undefined && !/^\s*(application\/([\w.-]+\+)?json|text\/[\w.+-]+)\s*(;|$)/i.test(type);
}

/** True where the caller sends its body only once it is told to go on. */
export function isWaiting({ headers, httpVersionMinor }: IncomingMessage): boolean {
  return httpVersionMinor >= 1 && /^\s*100-continue\s*$/i.test(headers.expect ?? "");
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

async function receiveStreamed(
  request: IncomingMessage,
  limits: GatewayBodyLimits,
  openFile: OpenFileTap | null,
  untilModel: boolean,
): Promise<ReceivedBody> {
  const stated = request.headers["content-length"];
  const contentLength = stated === undefined ? null : Number(stated);
  if (contentLength !== null && contentLength > limits.streamedBytesMax) throw tooLarge(limits);
  const form = openForm(request, openFile);
  const content = (): BodyContent => form?.content() ?? { reading: "unread", json: undefined };
  const refusal = (): GatewayRefusal | null => form?.refusal() ?? null;
  const head = await receiveHead(request, limits, form, untilModel);
  const release = (): void => {
    limits.budget.give(head.taken);
    head.taken = 0;
  };
  if (head.whole) {
    form?.end();
    return { outgoing: { kind: "held", bytes: Buffer.concat(head.pieces) }, content, refusal, release };
  }
  const { streamedBytesMax: bytesMax, arrivalMsMax: stillMsMax } = limits;
  const upload = createUpload({ request, head: head.pieces, contentLength, bytesMax, stillMsMax });
  return { outgoing: { kind: "streamed", upload, form }, content, refusal, release };
}

/** A compressed form is passed on unread. */
function openForm({ headers }: IncomingMessage, openFile: OpenFileTap | null): FormReader | null {
  const type = headers["content-type"] ?? "";
  const coding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (coding !== "identity" || !/^\s*multipart\/form-data\s*;/i.test(type)) return null;
  return createFormReader(type, openFile);
}

type Head = { readonly pieces: readonly Buffer[]; readonly whole: boolean; taken: number };

function receiveHead(
  request: IncomingMessage,
  { budget, arrivalMsMax }: GatewayBodyLimits,
  form: FormReader | null,
  untilModel: boolean,
): Promise<Head> {
  return new Promise((resolve, reject) => {
    const collector = createByteCollector();
    let taken = 0;
    const stop = (): void => {
      clearTimeout(late);
      request.pause();
      request.off("data", take);
      request.off("end", end);
      request.off("close", cut);
      request.off("error", cut);
    };
    const fail = (refusal: GatewayRefusal): void => {
      stop();
      budget.give(taken);
      reject(refusal);
    };
    const take = (piece: Buffer): void => {
      if (!budget.take(piece.byteLength)) {
        fail(new GatewayRefusal("gateway_busy"));
        return;
      }
      taken += piece.byteLength;
      collector.push(piece);
      form?.push(piece);
      if (taken < headBytesMax) return;
      if (untilModel && form && taken < headToModelBytesMax && lacksModel(form)) return;
      stop();
      resolve({ pieces: collector.pieces(), whole: false, taken });
    };
    const end = (): void => {
      stop();
      resolve({ pieces: collector.pieces(), whole: true, taken });
    };
    const cut = (): void => fail(new GatewayRefusal("request_timeout"));
    // In all, as of a held body: what is decided by it is decided soon after its caller was asked who he is.
    const late = setTimeout(cut, arrivalMsMax);
    request.on("data", take);
    request.on("end", end);
    request.on("close", cut);
    request.on("error", cut);
  });
}

function lacksModel(form: FormReader): boolean {
  const { reading, json } = form.content();
  return reading === "coming" && field(json, "model") === undefined;
}

function tooLarge({ streamedBytesMax }: GatewayBodyLimits): GatewayRefusal {
  return new GatewayRefusal("body_too_large", {
    message: `The request body is longer than ${streamedBytesMax} bytes. Nothing was sent.`,
  });
}
