import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import type { CallIntent, CallRecord } from "../../core/calls/call-record.ts";
import type { DeploymentFacts } from "../../core/calls/deployment-facts.ts";
import type { Pin } from "../../core/policies/policy.ts";
import { deriveKey } from "../../services/secrets/derive-key.ts";

/** What a call is spooled as: before it leaves, and when it has ended. */
export type Frame =
  | {
      readonly kind: "intent";
      readonly intent: CallIntent;
      /** As known when the call began, for a call whose end nobody sees. */
      readonly pin: Pin;
      readonly deployment: DeploymentFacts | null;
    }
  | { readonly kind: "record"; readonly record: CallRecord };

const lengthBytes = 4;
const headBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Length, its CRC-32, nonce, tag, sealed JSON (AES-256-GCM, under a key that is derived for this alone). File and place
 * are bound, so that no frame stands for another. The length has a checksum of its own: where it holds and the file ends
 * too early, the frame was never written to its end; where it does not, something changed the file.
 */
export function sealFrame(frame: Frame, bootId: string, place: number): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(), nonce);
  cipher.setAAD(boundTo(bootId, place));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(frame), "utf8"), cipher.final()]);
  return Buffer.concat([headOf(nonceBytes + tagBytes + sealed.length), nonce, cipher.getAuthTag(), sealed]);
}

export type ReadFrames = {
  readonly frames: readonly Frame[];
  /** `torn`: the last frame is incomplete, so nobody was promised it. `damaged`: what was promised may be unreadable. */
  readonly state: "whole" | "torn" | "damaged";
};

/** All frames of a file that open. Behind a length that cannot be trusted nothing is looked for. */
export function openFrames(bytes: Buffer, bootId: string): ReadFrames {
  const frames: Frame[] = [];
  let state: ReadFrames["state"] = "whole";
  let at = 0;
  for (let place = 0; at < bytes.length; place += 1) {
    const head = bytes.subarray(at, at + headBytes);
    const known = head.length === headBytes;
    const length = known ? head.readUInt32BE(0) : 0;
    if (known && !headOf(length).equals(head)) return { frames, state: "damaged" };
    const end = at + headBytes + length;
    if (!known || end > bytes.length) return { frames, state: state === "whole" ? "torn" : state };
    const frame = open(bytes.subarray(at + headBytes, end), bootId, place);
    if (frame) frames.push(frame);
    else state = "damaged";
    at = end;
  }
  return { frames, state };
}

function headOf(length: number): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(length);
  head.writeUInt32BE(crc32(head.subarray(0, lengthBytes)), lengthBytes);
  return head;
}

function open(bytes: Buffer, bootId: string, place: number): Frame | null {
  if (bytes.length <= nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(boundTo(bootId, place));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const opened = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
    return JSON.parse(Buffer.concat(opened).toString("utf8")) as Frame;
  } catch {
    return null;
  }
}

function boundTo(bootId: string, place: number): Buffer {
  return Buffer.from(`domicile/spool/${bootId}|${place}`);
}

function sealingKey(): KeyObject {
  const master = deriveKey("gateway-spool");
  if (!known?.master.equals(master)) known = { master, key: createSecretKey(master) };
  return known.key;
}

let known: { master: Buffer; key: KeyObject } | null = null;
