import { joinBytes, utf8Bytes } from "./bytes.ts";
import type { CryptoPort } from "./crypto-port.ts";

/** Key type of an Ed25519 checkpoint cosignature with a time. C2SP tlog-cosignature, `cosignature/v1`. */
export const cosignatureType = 0x04;

/** The bytes that a cosigner signs: a header, the time in POSIX seconds, the checkpoint's text. */
export function cosignatureMessage(time: bigint, noteText: string): Uint8Array {
  if (time < 0n || time > timeMax) throw new RangeError(`${time} is no POSIX time in seconds.`);
  return utf8Bytes(`cosignature/v1\ntime ${time}\n${noteText}`);
}

/** A note signer that says at what time, in POSIX seconds, it saw the checkpoint. `sign` is Ed25519 over a message. */
export function cosigner(key: {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly time: bigint;
  readonly sign: (message: Uint8Array) => Uint8Array;
}) {
  return {
    name: key.name,
    type: cosignatureType,
    publicKey: key.publicKey,
    sign: (noteText: Uint8Array): Uint8Array => {
      const time = new Uint8Array(timeBytes);
      new DataView(time.buffer).setBigUint64(0, key.time);
      const message = cosignatureMessage(key.time, new TextDecoder().decode(noteText));
      return joinBytes(time, key.sign(message));
    },
  };
}

/** The signed time of a cosignature, and whether it is the key's. Null for bytes that are no cosignature. */
export function readCosignature(
  crypto: CryptoPort,
  publicKey: Uint8Array,
  noteText: string,
  signature: Uint8Array,
): { readonly time: bigint; readonly verified: boolean } | null {
  if (signature.length !== timeBytes + 64) return null;
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (time > timeMax) return null;
  const message = cosignatureMessage(time, noteText);
  return { time, verified: crypto.verifyEd25519(publicKey, message, signature.subarray(timeBytes)) };
}

const timeBytes = 8;
const timeMax = 2n ** 63n - 1n;
