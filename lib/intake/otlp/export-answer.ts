import { BinaryWriter } from "@bufbuild/protobuf/wire";

export type OtlpEncoding = "protobuf" | "json";

export type OtlpAnswer = { readonly contentType: string; readonly body: Uint8Array };

const contentTypes: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: "application/x-protobuf",
  json: "application/json",
};

/** The encoding that a content type names, without its parameters; null: OTLP has none of that name. */
export function encodingOf(contentType: string | undefined): OtlpEncoding | null {
  const bare = contentType?.split(";")[0]?.trim().toLowerCase();
  if (bare === "application/x-protobuf") return "protobuf";
  return bare === "application/json" ? "json" : null;
}

/**
 * `ExportTraceServiceResponse`. What is rejected is never sent again (OTLP 1.9, "Partial Success"), so it counts only what
 * no second try would change; `message` says why in one sentence.
 */
export function answerExport(encoding: OtlpEncoding, rejected: number, message: string): OtlpAnswer {
  const partial = rejected > 0 || message !== "";
  const contentType = contentTypes[encoding];
  if (encoding === "json") {
    const said = partial
      ? { partialSuccess: { rejectedSpans: String(rejected), errorMessage: message } }
      : {};
    return { contentType, body: Buffer.from(JSON.stringify(said)) };
  }
  const writer = new BinaryWriter();
  if (partial) {
    writer.uint32((1 << 3) | 2).fork();
    if (rejected > 0) writer.uint32(1 << 3).int64(rejected);
    if (message !== "") writer.uint32((2 << 3) | 2).string(message);
    writer.join();
  }
  return { contentType, body: writer.finish() };
}

/** `google.rpc.Status`, which OTLP demands in the body of every error. `code` is one of gRPC's. */
export function answerFailure(encoding: OtlpEncoding, code: number, message: string): OtlpAnswer {
  const contentType = contentTypes[encoding];
  if (encoding === "json") return { contentType, body: Buffer.from(JSON.stringify({ code, message })) };
  const writer = new BinaryWriter();
  writer.uint32(1 << 3).int32(code);
  writer.uint32((2 << 3) | 2).string(message);
  return { contentType, body: writer.finish() };
}
