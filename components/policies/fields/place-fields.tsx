"use client";

import { useState } from "react";
import { claimNouns } from "../../../lib/core/policies/compare-places.ts";
import type { Requirement, RestrictableClaim } from "../../../lib/core/policies/policy.ts";
import type { Catalog } from "../../../lib/core/regions/catalog.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { type DraftProps, problemOf } from "../draft.ts";

const claims: readonly { readonly claim: RestrictableClaim; readonly hint: string }[] = [
  { claim: "inference", hint: "Where the model may run." },
  { claim: "storage", hint: "Where what is kept may be kept." },
  { claim: "handling", hint: "OpenAI lists no regional handling today: to restrict it excludes files." },
  { claim: "ingress", hint: "Where the provider may end TLS." },
  { claim: "relay", hint: "Where our own gateway may decrypt. Gateways then need an attested country." },
];

/** The countries each location claim is held to. */
export function PlaceFields({ policy, catalog, change, problems }: DraftProps) {
  return (
    <div className="flex flex-col gap-4">
      {claims.map(({ claim, hint }) => (
        <ClaimField
          catalog={catalog}
          error={problemOf(problems, `claims.${claim}`)}
          hint={hint}
          key={claim}
          label={claimNouns[claim]}
          onChange={(requirement) => change({ claims: { ...policy.claims, [claim]: requirement } })}
          requirement={policy.claims[claim]}
        />
      ))}
    </div>
  );
}

type ClaimFieldProps = {
  catalog: Catalog;
  label: string;
  hint: string;
  error: string | null;
  requirement: Requirement;
  onChange: (requirement: Requirement) => void;
};

function ClaimField({ catalog, label, hint, error, requirement, onChange }: ClaimFieldProps) {
  const region = regionOf(requirement, catalog);
  const [isOwn, setOwn] = useState(requirement.kind === "countries" && region === null);
  const value = isOwn ? "own" : requirement.kind === "any" ? "any" : (region ?? "own");
  const choose = (chosen: string) => {
    setOwn(chosen === "own");
    if (chosen === "any") onChange({ kind: "any" });
    const row = catalog.regions.find(({ code }) => code === chosen);
    if (row) onChange({ kind: "countries", countries: row.countries });
  };
  return (
    <div className="flex flex-col gap-2">
      <Field error={value === "own" ? null : error} hint={hint} label={label}>
        <Select className="max-w-md" onChange={({ target }) => choose(target.value)} value={value}>
          <option value="any">Anywhere</option>
          {catalog.regions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
          <option value="own">Countries of your own choice</option>
        </Select>
      </Field>
      {value === "own" ? (
        <CountryList
          countries={requirement.kind === "countries" ? requirement.countries : []}
          error={error}
          label={`${label}: countries`}
          onChange={(countries) => onChange({ kind: "countries", countries })}
        />
      ) : null}
    </div>
  );
}

function regionOf(requirement: Requirement, catalog: Catalog): string | null {
  if (requirement.kind === "any") return null;
  const { countries } = requirement;
  const same = catalog.regions.find(
    (row) =>
      row.countries.length === countries.length && row.countries.every((code) => countries.includes(code)),
  );
  return same?.code ?? null;
}

type CountryListProps = {
  label: string;
  countries: readonly string[];
  error: string | null;
  onChange: (countries: readonly string[]) => void;
};

/** Two-letter codes, as they are typed. What is no country is taken over, too, and so keeps the policy from being saved. */
function CountryList({ label, countries, error, onChange }: CountryListProps) {
  const [text, setText] = useState(countries.join(" "));
  return (
    <Field error={error} hint="Two-letter codes, such as DE FR ES." label={label}>
      <Input
        className="font-mono text-sm"
        onChange={({ target: { value } }) => {
          setText(value);
          const codes = value.toUpperCase().split(/[\s,;]+/);
          onChange([...new Set(codes.filter((code) => code !== ""))]);
        }}
        spellCheck={false}
        value={text}
      />
    </Field>
  );
}
