import { v7 } from "uuid";
import type {
  CatalogVersionSummary,
  PublishCatalogInput,
  PublishedCatalog,
} from "../../contracts/catalog.ts";
import { dayMs } from "../../core/calendar.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { insertCatalogProposal } from "../../db/catalog-proposal.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { demandDeploymentAdmin, deploymentMutation, type MutationOptions } from "../mutation.ts";
import { recordedSentences } from "../policies/recorded-sentences.ts";
import { Refusal } from "../refusal.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";
import {
  addCatalogVersion,
  demandNewestCatalog,
  demandSound,
  nextCatalog,
  origins,
  overtaken,
} from "./add-catalog-version.ts";
import { type CatalogEffect, catalogEffect } from "./catalog-effect.ts";
import { confirmedCatalog } from "./confirmed-catalog.ts";
import { readDraft } from "./read-draft.ts";
import { tellTenants } from "./record-adoptions.ts";

/** A proposal that nobody decides in this time lapses. */
const proposalDays = 14;

/**
 * The next version; or, where it lets calls go or pass that did not, a proposal for a second administrator of the deployment.
 * From the commit of a version on, calls are judged by it as soon as their gateway has seen the change; calls that began
 * before keep theirs. Refuses a draft that another publication has overtaken, changes nothing, holds together badly, or lacks
 * a region that a tenant's policy sends calls to.
 */
export async function publishCatalog(
  actor: Actor,
  input: PublishCatalogInput,
  options: MutationOptions = {},
): Promise<PublishedCatalog> {
  demandDeploymentAdmin(actor);
  const { basedOn, draft } = input;
  const at = options.at ?? new Date();
  await demandNewestCatalog(basedOn);
  const current = await confirmedCatalog(await catalogOf(basedOn));
  const { proposed } = await readDraft(draft, current);
  const effect = await catalogEffect(current, proposed, at);
  if (effect.changes.length === 0 && proposed.edition === current.edition)
    throw new Refusal("invalid_input", "Nothing would change, so nothing is published.");
  await demandSound(current, proposed, at);
  const wish: Wish = { ...input, current, proposed, effect };
  if (effect.widens) return propose(actor, wish, { ...options, at });
  const published = await publishOnce(actor, wish, { ...options, at });
  await tellTenants(published.version);
  return { kind: "published", ...published };
}

type Wish = PublishCatalogInput & {
  readonly current: Catalog;
  readonly proposed: Catalog;
  readonly effect: CatalogEffect;
};

const publish = deploymentMutation<Wish, CatalogVersionSummary>({
  who: "admin",
  event: "catalog.published",
  changesConfig: true,
  run: async ({ tx, actor, actorName, at }, { basedOn, reason, draft, current, proposed, effect }) => {
    await demandNewestCatalog(basedOn);
    // Policies may have changed since: under the log's lock it is looked once more whether one of them hangs on this.
    await demandSound(current, proposed, at);
    const { output, subject, detail } = await addCatalogVersion(tx, {
      proposed,
      basedOn,
      origin: origins[draft.kind],
      reason,
      publishedBy: actorName,
      publishedById: actor.kind === "person" ? actor.personId : null,
      at,
      proposalId: null,
      approvedBy: null,
    });
    const { changes } = effect;
    const sentences = recordedSentences(changes.map(({ sentence }) => sentence));
    return { output, subject, detail: { ...detail, changes: changes.length, sentences } };
  },
});

const propose = deploymentMutation<Wish, PublishedCatalog>({
  who: "admin",
  event: "catalog.proposed",
  changesConfig: false,
  run: async ({ tx, actor, actorName, at }, { basedOn, reason, draft, proposed, effect }) => {
    // Two people are needed, so the first one has to be one.
    const { personId } = personOf(actor);
    await demandNewestCatalog(basedOn);
    const id = v7();
    const body = canonicalJson(nextCatalog(proposed, basedOn, at));
    const sha256 = sha256Hex(body);
    const expiresAt = new Date(at.getTime() + proposalDays * dayMs);
    await insertCatalogProposal(tx, {
      id,
      basedOn,
      origin: origins[draft.kind],
      edition: proposed.edition,
      body,
      sha256,
      reason,
      widening: effect.widening,
      requestedBy: actorName,
      requestedById: personId,
      requestedAt: at,
      expiresAt,
    });
    return {
      output: { kind: "proposed", id, expiresAt: expiresAt.toISOString() },
      subject: id,
      detail: {
        basedOn,
        origin: origins[draft.kind],
        proposalSha256: sha256,
        reason,
        changes: effect.changes.length,
        widening: recordedSentences(effect.widening),
        expiresAt: expiresAt.toISOString(),
      },
    };
  },
});

async function publishOnce(actor: Actor, wish: Wish, options: MutationOptions) {
  try {
    return await publish(actor, wish, options);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw overtaken(wish.basedOn + 1, error);
  }
}
