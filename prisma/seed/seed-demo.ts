import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { applicationsById } from "../../lib/db/application.ts";
import { findTenantBySlug } from "../../lib/db/tenant.ts";
import { tenantScope, withTenantSql } from "../../lib/db/with-tenant.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { adoptCatalog } from "../../lib/services/deployment/adopt-catalog.ts";
import { checkMasterKey } from "../../lib/services/deployment/check-master-key.ts";
import { loadTenantConfig } from "../../lib/services/gateway-config/load-tenant-config.ts";
import { doCaseWork } from "./case-work.ts";
import { type DemoFile, type DemoState, readState, writeDemoFile, writeState } from "./demo-state.ts";
import { peopleSpecs } from "./people-specs.ts";
import { setUpPeople } from "./set-up-people.ts";
import { attestedAt, setUpTenant } from "./set-up-tenant.ts";
import { stateDemoPrices } from "./state-demo-prices.ts";
import { litellmReporter, reportLitellmLog } from "./story/report-litellm-log.ts";
import type { StoryTenant } from "./story/story-tenant.ts";
import { storyWindow, tellStory } from "./story/tell-story.ts";
import { type TenantSpec, tenantSpecs } from "./tenant-specs.ts";

export type SeedInput = {
  readonly home: string;
  readonly webUrl: string;
  readonly gatewayUrl: string;
  /** The story's now, unless a run cut short has fixed it before. */
  readonly now: Date;
  /** Share of the calls that are told; 1 unless a test wants fewer. */
  readonly scale?: number;
};

export type SeedResult = { readonly alreadyDone: boolean; readonly calls: number };

const actor: Actor = { kind: "system", job: "demo" };

/** Fills the database with the demo and writes `demo.json`. A second run finds everything there. */
export async function seedDemo(input: SeedInput): Promise<SeedResult> {
  await checkMasterKey();
  await adoptCatalog();
  const { home } = input;
  const kept = readState(home);
  if (kept?.done && (await isSeeded())) return { alreadyDone: true, calls: 0 };
  const state = kept && !kept.done ? kept : newState(input.now);
  const save = (): void => writeState(home, state);
  save();
  const window = storyWindow(Date.parse(state.end), input.scale ?? 1);
  // A day before the first call, so that every call finds a policy in force.
  const begin = window.from - 3_600_000;
  await setUpPeople(actor, new Date(begin), state, save);
  const tenants: { spec: TenantSpec; story: StoryTenant; detail: TenantDetail }[] = [];
  for (const spec of tenantSpecs) {
    const detail = await setUpTenant(spec, { actor, home, begin, end: window.end, state, save });
    tenants.push({ spec, detail, story: await storyTenant(spec, detail, begin) });
  }
  await stateDemoPrices(actor, begin);
  const told = await Promise.all(
    tenants.map(async ({ story }) => {
      const calls = await tellStory(story, window);
      return story.slug === litellmReporter.slug ? calls + (await reportLitellmLog(story, window)) : calls;
    }),
  );
  for (const { spec, detail } of tenants) {
    const [first] = spec.credentials;
    if (!first) throw new Error(`${spec.tenant.slug} has no credential.`);
    await doCaseWork({ tenant: detail, attestedAt: attestedAt(first, begin), end: window.end });
  }
  writeDemoFile(home, demoFile(input, state));
  writeState(home, { end: state.end, passwords: {}, keys: {}, done: true });
  return { alreadyDone: false, calls: told.reduce((sum, calls) => sum + calls, 0) };
}

/** The folder may have outlived the database it speaks of. */
async function isSeeded(): Promise<boolean> {
  const there = await Promise.all(tenantSpecs.map(({ tenant }) => findTenantBySlug(tenant.slug)));
  return there.every((tenant) => tenant !== null);
}

function newState(now: Date): DemoState {
  return { end: now.toISOString(), passwords: {}, keys: {}, done: false };
}

/** The tenant as its calls meet it: what a gateway would load, and when its pin became known. */
async function storyTenant(spec: TenantSpec, detail: TenantDetail, begin: number): Promise<StoryTenant> {
  const config = await loadTenantConfig(detail.id);
  if (!config) throw new Error(`${spec.tenant.slug} cannot be loaded.`);
  const names = await withTenantSql(tenantScope(detail.id), (sql) => applicationsById(sql, [detail.id]));
  const applicationIds = new Map([...names].map(([id, { name }]) => [name, id]));
  const keys = new Map(
    spec.keys.map(({ name, application, target, ownProviderKey }) => [
      name,
      {
        keyId: detail.keys.find((key) => key.name === name)?.id ?? missing(name),
        applicationId: applicationIds.get(application) ?? missing(application),
        target,
        ownProviderKey: ownProviderKey ?? null,
      },
    ]),
  );
  const credentials = config.credentials.map((credential) => {
    const of = spec.credentials.find(({ secret }) => secret === credential.secret);
    return { ...credential, pinnedAt: of ? attestedAt(of, begin) : begin };
  });
  return { id: detail.id, slug: spec.tenant.slug, policies: config.policies, credentials, keys };
}

function demoFile({ webUrl, gatewayUrl }: SeedInput, state: DemoState): DemoFile {
  return {
    web: webUrl,
    gateway: gatewayUrl,
    users: peopleSpecs.map(({ email, role }) => ({
      email,
      role,
      password: state.passwords[email] ?? missing(email),
    })),
    tenants: tenantSpecs.map((spec) => {
      const { slug, homeRegion } = spec.tenant;
      const secretOf = (name: string): string => state.keys[`${slug}/${name}`] ?? missing(name);
      return {
        slug,
        homeRegion,
        policy: spec.policyWord,
        gatewayKey: secretOf(spec.gatewayKey),
        intakeKey: secretOf(spec.intakeKey),
        keys: spec.keys.map(({ name, target }) => ({ name, target, key: secretOf(name) })),
      };
    }),
  };
}

function missing(what: string): never {
  throw new Error(`The demo lacks ${what}.`);
}
