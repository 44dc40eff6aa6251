import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { createByteCollector } from "../../http/byte-collector.ts";
import { GatewayRefusal } from "../answer-error.ts";

/** Why a body ends before its end: the caller went away, or we end it. */
export type UploadCut = { readonly refusal: GatewayRefusal | null };

/** A body on its way: as fast as the provider takes it, and never whole in memory. */
export type Upload = {
  readonly stream: Readable;
  /** As the caller stated it; null: it comes in chunks. */
  readonly contentLength: number | null;
  /** Bytes handed on until now. */
  passed(): number;
  /** True once the last byte was handed on. */
  isWhole(): boolean;
  /** Told at most once; the stream is of no more use then. */
  onCut(listener: (cut: UploadCut) => void): void;
  /** Looks at every piece before it is handed on, and at the end; a refusal ends the body. */
  onPiece(look: LookAtPiece): void;
  /** Ends the body before its end; nothing where it is over. */
  end(refusal: GatewayRefusal): void;
};

/** `piece` null: the body is over. `isHead`: it was looked at before anything was decided. */
export type LookAtPiece = (piece: Buffer | null, isHead: boolean) => GatewayRefusal | null;

export type UploadInput = {
  readonly request: IncomingMessage;
  /** What was looked at before anything was decided. */
  readonly head: readonly Buffer[];
  readonly contentLength: number | null;
  readonly bytesMax: number;
  readonly stillMsMax: number;
};

const bufferBytes = 256 * 1024;
const smallBytes = 16 * 1024;

/** The caller's request must be paused and have no listeners left. */
export function createUpload(input: UploadInput): Upload {
  const { request } = input;
  const waiting = [...input.head];
  let arrived = waiting.reduce((sum, piece) => sum + piece.byteLength, 0);
  let passed = 0;
  let whole = false;
  let over = false;
  let cutListener: ((cut: UploadCut) => void) | null = null;
  let look: LookAtPiece = () => null;
  let still: NodeJS.Timeout | undefined;

  const detach = (): void => {
    over = true;
    clearTimeout(still);
    request.off("data", take);
    request.off("end", end);
    request.off("close", gone);
    request.off("error", gone);
  };
  const cut = (refusal: GatewayRefusal | null): void => {
    if (over) return;
    detach();
    cutListener?.({ refusal });
    stream.destroy();
  };
  const pass = (piece: Buffer, isHead: boolean): boolean => {
    const refusal = look(piece, isHead);
    if (refusal) {
      cut(refusal);
      return false;
    }
    passed += piece.byteLength;
    return stream.push(piece);
  };
  /** Small pieces of one turn go together, or those that wait would take a hundred times their size. */
  const small = createByteCollector();
  let flushing: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(flushing);
    flushing = undefined;
    if (over || small.bytes() === 0) return;
    const piece = small.whole();
    small.clear();
    if (!pass(piece, false)) request.pause();
  };
  const take = (piece: Buffer): void => {
    still?.refresh();
    arrived += piece.byteLength;
    if (arrived > input.bytesMax) {
      cut(new GatewayRefusal("body_too_large", { message: tooLong(input) }));
      return;
    }
    small.push(piece);
    if (small.bytes() >= smallBytes) flush();
    else flushing ??= setImmediate(flush);
  };
  const end = (): void => {
    flush();
    if (over) return;
    const refusal = look(null, false);
    if (refusal) {
      cut(refusal);
      return;
    }
    whole = true;
    detach();
    stream.push(null);
  };
  const gone = (): void => cut(null);

  let begun = false;
  const stream = new Readable({
    highWaterMark: bufferBytes,
    read() {
      for (let piece = waiting.shift(); piece; piece = waiting.shift()) if (!pass(piece, true)) return;
      if (over) return;
      if (!begun) {
        begun = true;
        request.on("data", take);
        request.on("end", end);
        request.on("close", gone);
        request.on("error", gone);
        still = setTimeout(() => {
          if (request.isPaused()) still?.refresh();
          else cut(new GatewayRefusal("request_timeout", { message: stoodStill }));
        }, input.stillMsMax);
        if (request.destroyed && !request.complete) return gone();
      }
      request.resume();
    },
    destroy(error, done) {
      detach();
      // Whatever still comes is let go, so that the caller can read the answer.
      request.resume();
      done(error);
    },
  });
  // Whoever sends it hears of errors too; before that nobody does.
  stream.on("error", () => {});

  return {
    stream,
    contentLength: input.contentLength,
    passed: () => passed,
    isWhole: () => whole,
    onCut: (listener) => {
      cutListener = listener;
    },
    onPiece: (looking) => {
      look = looking;
    },
    end: cut,
  };
}

const stoodStill = "The request stopped arriving. The connection to the provider was ended.";

function tooLong({ bytesMax }: UploadInput): string {
  return `The request body is longer than ${bytesMax} bytes. The connection to the provider was ended.`;
}
