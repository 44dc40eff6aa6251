import type { StoredFile } from "../../db/report.ts";
import type { PackSource } from "./with-pack-source.ts";

/** What building a pack needs, from whoever has it built. */
export type PackBuilding = {
  readonly source: PackSource;
  readonly deployment: string;
  /** Version of this program. */
  readonly software: string;
  readonly nameOf: (applicationId: string) => string;
  /** Takes the archive as it is made, to its end. */
  readonly take: (archive: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Answers MANIFEST.note for these bytes. */
  readonly sign: (manifest: Uint8Array) => Promise<string>;
  /** After each file of entries, and before signing. May throw, to stop. */
  readonly onProgress: (entries: number, bytes: number, state: "building" | "signing") => Promise<void>;
};

export type BuiltPack = {
  readonly name: string;
  readonly packId: string;
  readonly calls: number;
  readonly files: readonly StoredFile[];
};

export type BuildPack = (building: PackBuilding) => Promise<BuiltPack>;
