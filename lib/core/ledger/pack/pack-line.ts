import { fromBase64, toBase64, utf8Bytes } from "../bytes.ts";

/** Why only the leaf hash of an entry is here: kept back from this reader, expired, or erased. */
export type AbsentWhy = "withheld" | "pruned" | "erased";

export type AbsentLeaf = { readonly leafHash: Uint8Array; readonly why: AbsentWhy };

/**
 * Line of an entry whose bytes are not in the pack. Every other line is an entry's bytes as they are: canonical JSON has
 * no line ends, and begins with `{"at":`, so that the two cannot be taken for each other.
 */
export function formatAbsentLeaf({ leafHash, why }: AbsentLeaf): string {
  return `{"leaf_hash":"${toBase64(leafHash)}","why":"${why}"}`;
}

/** Null where the line is not one of an absent entry. `malformed`: it begins as one and is none. */
export function parseAbsentLeaf(line: Uint8Array): AbsentLeaf | "malformed" | null {
  for (let i = 0; i < beginning.length; i++) if (line[i] !== beginning[i]) return null;
  const text = new TextDecoder().decode(line);
  const [, hash = "", why] =
    /^\{"leaf_hash":"([A-Za-z0-9+/=]{44})","why":"(withheld|pruned|erased)"\}$/.exec(text) ?? [];
  const leafHash = fromBase64(hash);
  if (leafHash?.length !== 32 || why === undefined) return "malformed";
  return { leafHash, why: why as AbsentWhy };
}

const beginning = utf8Bytes('{"leaf_hash":');
