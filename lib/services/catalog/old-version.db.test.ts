import { afterAll, beforeAll, expect, it } from "vitest";
import { createStoreWorld, type StoreWorld } from "../../testing/store-world.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getCatalogVersion, listCatalogVersions } from "./get-catalog.ts";

let world: StoreWorld;
let root: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("bank");
  root = await world.addPerson("root", { bank: "admin" });
  await world.sql(
    "owner",
    {},
    `INSERT INTO catalog_version (version, as_of, sha256, body, origin, edition, based_on, reason, published_by)
     SELECT n, as_of, sha256, body, 'edited', edition, n - 1, 'The page was read again on this day.', 'root'
       FROM catalog_version, generate_series(2, 205) AS n WHERE version = 1 ORDER BY n`,
  );
});
afterAll(() => world.drop());

it("a version of the catalog is found by its number, however many came after it: verdicts name it", async () => {
  const listed = await world.as("web", () => listCatalogVersions(root));
  expect(listed.map(({ version }) => version)).toEqual(Array.from({ length: 200 }, (_, i) => 205 - i));
  expect(await world.as("web", () => getCatalogVersion(root, 2))).toMatchObject({ version: 2, changes: [] });
  expect(await world.as("web", () => getCatalogVersion(root, 1))).toMatchObject({ version: 1 });
  for (const version of [0, 206, -1, 1.5, Number.NaN, 2 ** 40])
    await world.as("web", () =>
      expect(getCatalogVersion(root, version)).rejects.toMatchObject({ code: "not_found" }),
    );
});
