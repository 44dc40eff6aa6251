import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { recorderVersion } from "./recorder-version.ts";

const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export const publishedRecorder = at("../../public/recorder/domicile-recorder.mjs");

/** The recorder as one file of plain JavaScript for Node 18 and later, without any dependency. */
export async function buildRecorder(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [at("./recorder.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node18",
    legalComments: "none",
    banner: {
      js: `/*! Domicile recorder ${recorderVersion}. Apache-2.0. Made from lib/recorder; do not edit. */`,
    },
  });
  const [file] = outputFiles;
  if (!file) throw new Error("The bundler wrote nothing.");
  return file.text;
}
