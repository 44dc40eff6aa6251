import { expect, it } from "vitest";
import type { CatalogDraft } from "../contracts/catalog.ts";
import type { Actor } from "./actor.ts";
import { getCatalog, getCatalogVersion, listCatalogVersions, previewCatalog } from "./catalog/get-catalog.ts";
import { getTrustRoot } from "./ledger/get-trust-root.ts";
import { changePassword } from "./people/change-password.ts";

const job: Actor = { kind: "system", job: "test" };

it.each<[string, () => Promise<unknown>]>([
  ["the catalog", () => getCatalog(job)],
  ["its versions", () => listCatalogVersions(job)],
  ["one of them", () => getCatalogVersion(job, 1)],
  ["a preview of it", () => previewCatalog(job, {} as CatalogDraft)],
  ["the keys of the logs", () => getTrustRoot(job)],
  ["another password", () => changePassword(job, { present: "a present one", next: "quite another one" })],
])("only a person is given %s: a job is refused before the store is asked", async (_what, ask) => {
  await expect(ask()).rejects.toMatchObject({ code: "forbidden" });
});
