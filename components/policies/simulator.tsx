"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { tenantQuery } from "../../lib/client/tenants.ts";
import type { PolicyBook } from "../../lib/contracts/policies.ts";
import { simulatorParsers } from "../../lib/contracts/policy-parsers.ts";
import type { CredentialSummary } from "../../lib/contracts/tenants.ts";
import { type Pin, unknownPin } from "../../lib/core/policies/policy.ts";
import { simulate } from "../../lib/core/policies/simulate.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { isCountryCode } from "../../lib/core/regions/is-country-code.ts";
import { CatalogLoader } from "./catalog-loader.tsx";
import { PolicyFrame } from "./policy-frame.tsx";
import { SimulationResult } from "./simulation-result.tsx";
import { SimulatorForm, type SimulatorState } from "./simulator-form.tsx";

export type SimulatorProps = { slug: string; now: string };

/** What becomes of a call that nobody has sent: by the plan that the gateway itself follows, in this browser. */
export function Simulator({ slug, now }: SimulatorProps) {
  return (
    <CatalogLoader slug={slug}>
      {(book, catalog) => <LoadedSimulator book={book} catalog={catalog} now={now} />}
    </CatalogLoader>
  );
}

type LoadedSimulatorProps = { book: PolicyBook; catalog: Catalog; now: string };

function LoadedSimulator({ book, catalog, now }: LoadedSimulatorProps) {
  const { tenant, versions } = book;
  const [state, setState] = useQueryStates(simulatorParsers, { history: "replace" });
  const { data: detail } = useQuery(tenantQuery(tenant.slug));
  const chosen = versions.find(({ version }) => version === (state.version ?? book.inForce)) ?? versions[0];
  if (!chosen) throw new Error("A tenant without a policy.");
  const ask = { ...questionOf(state, catalog), policy: chosen.policy, catalog, at: now };
  // As in the gateway: the host names the key, and the key's project names the pin.
  const first = simulate({ ...ask, pin: unknownPin });
  const credential = credentialFor(detail?.credentials ?? [], first.plan.host);
  const simulation = credential === null ? first : simulate({ ...ask, pin: pinOf(credential) });
  return (
    <PolicyFrame
      sentence="Nothing is sent. The answer is the plan that the gateway follows when the call comes."
      slug={tenant.slug}
      title={`Simulator: ${tenant.name}`}
    >
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <SimulatorForm
          catalog={catalog}
          onChange={(fields) => void setState(fields)}
          state={state}
          versions={versions.map(({ version }) => version)}
          inForce={book.inForce}
        />
        <SimulationResult
          credential={credential}
          isKeyKnown={detail !== undefined}
          simulation={simulation}
          version={chosen.version}
        />
      </div>
    </PolicyFrame>
  );
}

function questionOf(state: SimulatorState, catalog: Catalog) {
  const subject = state.subject.trim().toUpperCase();
  const relay = state.relay.trim().toUpperCase();
  return {
    keyTarget: state.target.trim() === "" ? "policy" : state.target,
    requestedTarget: null,
    subjectCountry: isCountryCode(subject) ? subject : null,
    endpoint: catalog.endpoints.some(({ path }) => path === state.endpoint) ? state.endpoint : null,
    model: state.model.trim() === "" ? null : state.model.trim(),
    featuresOffered: state.features,
    store:
      state.store === "unsaid"
        ? ({ said: false } as const)
        : { said: true as const, value: state.store === "true" },
    background: { said: false } as const,
    serviceTier: state.tier.trim() === "" ? null : state.tier.trim(),
    relayCountry: isCountryCode(relay) ? relay : null,
    unreadable: [],
    storedStateRefs: [],
  };
}

function credentialFor(credentials: readonly CredentialSummary[], host: string): CredentialSummary | null {
  return credentials.find(({ hosts, revokedAt }) => revokedAt === null && hosts.includes(host)) ?? null;
}

function pinOf({ pin }: CredentialSummary): Pin {
  const { kind, region, source, since, attestedBy } = pin;
  return { kind, region, source, since, attestedBy };
}
