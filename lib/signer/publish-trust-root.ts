import { createHash } from "node:crypto";
import { log as events } from "../log.ts";
import { vkeyOf } from "./note-signer.ts";
import { keyOf } from "./rotate.ts";
import { rememberSelf, type Signer } from "./signer.ts";

/** Name of the document in the signer's folder. */
export const trustRootFile = "trust-root.json";

/**
 * Writes down which keys speak for which log, in our own folder and in the store, where that has changed. Whoever verifies
 * takes it from one of the two, and compares its fingerprint with the one in our log.
 */
export async function publishTrustRoot(signer: Signer): Promise<void> {
  const document = trustRootOf(signer);
  const known = signer.files.read(trustRootFile);
  if (known !== document) {
    signer.files.write(trustRootFile, document);
    rememberSelf(signer, { trustRootVersion: 0 });
    events.info({ fingerprint: fingerprintOf(document) }, "the trust root has changed");
  }
  // 0: this document has not reached the store.
  if (signer.self.trustRootVersion > 0) return;
  const newest = await signer.store.newestTrustRoot();
  let version = newest?.version ?? 0;
  if (newest?.document !== document) {
    version += 1;
    const saved = await signer.store.saveTrustRoot({ version, at: signer.now(), document });
    if (!saved) throw new Error(`Another trust root was stored as version ${version} at this moment.`);
  }
  rememberSelf(signer, { trustRootVersion: version });
}

/** Hex SHA-256 of the document's bytes. */
export function fingerprintOf(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}

function trustRootOf(signer: Signer): string {
  const logs = [...signer.logs.values()].sort((a, b) => (a.origin < b.origin ? -1 : 1));
  const root = {
    v: 1,
    deployment: signer.self.deployment,
    logs: logs.map(({ origin, epoch, keys, sealed }) => ({
      origin,
      epoch,
      keys: keys.map((range) => {
        const key = keyOf(signer, range.key);
        return {
          vkey: vkeyOf(key, origin, signer.self.deployment),
          role: key.role,
          from_size: range.fromSize,
          to_size: range.toSize,
          status: range.status,
          reason: range.reason,
        };
      }),
      sealed: sealed && { size: sealed.size, root: sealed.root, reason: sealed.reason },
    })),
  };
  return `${JSON.stringify(root, null, 2)}\n`;
}
