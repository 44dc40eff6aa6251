"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { Catalog } from "../../../lib/core/regions/catalog.ts";
import { routableRegions } from "../../../lib/core/regions/host-of-region.ts";
import { isCountryCode, unknownCountries } from "../../../lib/core/regions/is-country-code.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceList } from "../../ui/choice-list.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { type DraftProps, problemOf } from "../draft.ts";

/** Whether the declared country of a call's subject decides where it goes. */
export function RoutingFields({ policy, catalog, change, problems }: DraftProps) {
  const { routing } = policy;
  return (
    <div className="flex flex-col gap-4">
      <ChoiceList
        legend="Routing"
        name="routing"
        onChange={(kind) =>
          change({ routing: kind === "home" ? { kind } : { kind: "by_subject_country", map: {} } })
        }
        options={[
          { id: "home", title: "Home", meaning: "Every call goes to the home region." },
          {
            id: "by_subject",
            title: "By the subject's country",
            meaning:
              "The country declared in x-domicile-subject-region decides. Countries not named here, and calls that declare none, go home.",
          },
        ]}
        value={routing.kind === "home" ? "home" : "by_subject"}
      />
      {routing.kind === "home" ? null : (
        <CountryMap
          catalog={catalog}
          map={routing.map}
          onChange={(map) => change({ routing: { kind: "by_subject_country", map } })}
          problems={problems}
        />
      )}
    </div>
  );
}

type CountryMapProps = {
  catalog: Catalog;
  map: Readonly<Record<string, string>>;
  onChange: (map: Readonly<Record<string, string>>) => void;
  problems: DraftProps["problems"];
};

function CountryMap({ catalog, map, onChange, problems }: CountryMapProps) {
  const [country, setCountry] = useState("");
  const [region, setRegion] = useState(routableRegions(catalog)[0]?.code ?? "");
  const code = country.trim().toUpperCase();
  const wrong = code.length === 2 ? unknownCountries([code]) : null;
  return (
    <div className="flex flex-col gap-2">
      <ul className="divide-y divide-line rounded-md border empty:hidden">
        {Object.entries(map)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([from, to]) => (
            <li className="flex flex-wrap items-center gap-2 px-3 py-1.5 text-sm" key={from}>
              <code className="w-8 font-mono">{from}</code>
              <Select
                aria-label={`Region for ${from}`}
                className="min-w-0 flex-1"
                onChange={({ target }) => onChange({ ...map, [from]: target.value })}
                value={to}
              >
                <RegionOptions catalog={catalog} />
              </Select>
              <Button
                aria-label={`Remove ${from}`}
                look="quiet"
                onClick={() =>
                  onChange(Object.fromEntries(Object.entries(map).filter(([each]) => each !== from)))
                }
                size="sm"
              >
                <X aria-hidden="true" />
              </Button>
              {problemOf(problems, `routing.map.${from}`) === null ? null : (
                <p className="w-full text-outside-ink text-xs" role="alert">
                  {problemOf(problems, `routing.map.${from}`)}
                </p>
              )}
            </li>
          ))}
      </ul>
      <div className="flex flex-wrap items-end gap-2">
        <Field error={wrong} label="Country">
          <Input
            className="w-20 font-mono uppercase"
            maxLength={2}
            onChange={({ target }) => setCountry(target.value)}
            placeholder="ES"
            value={country}
          />
        </Field>
        <Field className="min-w-40 flex-1" label="Goes to">
          <Select onChange={({ target }) => setRegion(target.value)} value={region}>
            <RegionOptions catalog={catalog} />
          </Select>
        </Field>
        <Button
          disabled={!isCountryCode(code)}
          onClick={() => {
            onChange({ ...map, [code]: region });
            setCountry("");
          }}
        >
          <Plus aria-hidden="true" />
          Add country
        </Button>
      </div>
    </div>
  );
}

function RegionOptions({ catalog }: { catalog: Catalog }) {
  return (
    <>
      {routableRegions(catalog).map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </>
  );
}
