import type { CatalogDraft, CatalogVersionSummary, PublishCatalogInput } from "../../contracts/catalog.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { catalogProblems } from "../../core/regions/check-catalog.ts";
import { type CatalogOrigin, insertVersion } from "../../db/catalog-version.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import { log } from "../../log.ts";
import type { Actor } from "../actor.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { deploymentMutation, type MutationOptions } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";
import { catalogVersionSummary } from "./catalog-version-summary.ts";
import { confirmedCatalog } from "./confirmed-catalog.ts";
import { currentVersion } from "./current-catalog.ts";
import { changesBetween, readDraft } from "./read-draft.ts";
import { recordAdoptions } from "./record-adoptions.ts";
import { regionsInUse } from "./regions-in-use.ts";

/** Sentences that the event keeps; the version itself keeps everything. */
const sentencesMax = 12;
const sentenceCharsMax = 240;

const publish = deploymentMutation<PublishCatalogInput, CatalogVersionSummary>({
  who: "admin",
  event: "catalog.published",
  changesConfig: true,
  run: async ({ tx, actor, actorName, at }, { basedOn, reason, draft }) => {
    const newest = await currentVersion();
    if (newest.version !== basedOn) throw overtaken(newest.version);
    const current = await confirmedCatalog(await catalogOf(basedOn));
    const { proposed } = await readDraft(draft, current);
    const changes = changesBetween(current, proposed);
    if (changes.length === 0 && proposed.edition === current.edition)
      throw new Refusal("invalid_input", "Nothing would change, so nothing is published.");
    const problems = [
      ...catalogProblems(proposed),
      ...(await regionsInUse(current, proposed, { at, names: true })),
    ];
    if (problems.length > 0)
      throw new Refusal("invalid_input", "This catalog cannot be published.", {
        fields: problems.slice(0, 100).map(({ path, message }) => ({ field: path, message })),
      });
    const catalog: Catalog = { ...proposed, version: basedOn + 1, asOf: at.toISOString().slice(0, 10) };
    const body = canonicalJson(catalog);
    const row = {
      version: catalog.version,
      sha256: sha256Hex(body),
      origin: origins[draft.kind],
      edition: catalog.edition,
      basedOn,
      reason,
      publishedBy: actorName,
      publishedAt: at,
    };
    const publishedById = actor.kind === "person" ? actor.personId : null;
    await insertVersion(tx, { ...row, asOf: catalog.asOf, body, publishedById });
    const { version, sha256, origin, edition } = row;
    return {
      output: catalogVersionSummary(row),
      subject: String(version),
      detail: {
        version,
        sha256,
        basedOn,
        origin,
        edition,
        reason,
        changes: changes.length,
        sentences: changes.slice(0, sentencesMax).map(({ sentence }) => sentence.slice(0, sentenceCharsMax)),
      },
    };
  },
});

/**
 * The next version. From its commit on, calls are judged by it as soon as their gateway has seen the change; calls that
 * began before keep theirs. Refuses a draft that another publication has overtaken, changes nothing, holds together badly,
 * or lacks a region that a tenant's policy sends calls to.
 */
export async function publishCatalog(
  actor: Actor,
  input: PublishCatalogInput,
  options: MutationOptions = {},
): Promise<CatalogVersionSummary> {
  const published = await publishOnce(actor, input, options);
  // crash: the publication stands. What is missing in a tenant's log the worker adds.
  await recordAdoptions().catch((error: unknown) =>
    log.warn({ err: error, version: published.version }, "the worker tells the tenants of the new catalog"),
  );
  return published;
}

async function publishOnce(actor: Actor, input: PublishCatalogInput, options: MutationOptions) {
  try {
    return await publish(actor, input, options);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw overtaken(input.basedOn + 1, error);
  }
}

const origins: Readonly<Record<CatalogDraft["kind"], CatalogOrigin>> = {
  edits: "edited",
  import: "imported",
  edition: "edition",
};

function overtaken(version: number, cause?: unknown): Refusal {
  return new Refusal(
    "conflict",
    `Version ${version} was published meanwhile. Look at what it changed, and make your changes to it.`,
    { cause },
  );
}
