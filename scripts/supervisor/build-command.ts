import { OperatorError } from "../state/operator-error.ts";
import { buildWeb, generateClient, needsGenerate } from "./build.ts";
import { stopChildren } from "./children.ts";
import { missingPackages } from "./install.ts";
import { step } from "./progress.ts";
import { reportAndExit, untilStopped } from "./until-stopped.ts";

/** What `npm run web` serves, made from what is installed: `npm ci` comes before it. Needs no database. */
export async function buildDomicile(): Promise<void> {
  const stopped = untilStopped().then((why) => {
    throw new OperatorError(`The build was stopped (${why}).`);
  });
  try {
    await Promise.race([build(), stopped]);
    process.exit(0);
  } catch (error) {
    await stopChildren();
    reportAndExit(error);
  }
}

async function build(): Promise<void> {
  if (missingPackages(false).length > 0)
    throw new OperatorError("Packages are missing. Run npm ci --omit=dev first.");
  if (needsGenerate())
    await step("Generating the database client", "Database client generated", generateClient);
  await step("Building the pages (next build)", "Pages built", buildWeb);
}
