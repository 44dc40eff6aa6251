import type { Catalog, CountryCode } from "../regions/catalog.ts";
import { hostOfRegion, regionName } from "../regions/host-of-region.ts";
import { placeWords, targetWords } from "./place-words.ts";
import type { GlobalAcceptance, Policy, RestrictableClaim } from "./policy.ts";
import type { PolicyChange } from "./policy-change.ts";
import { allowedCountries } from "./requirements.ts";
import { regionBoundBySubject } from "./route.ts";

/** What differs in where content may go: countries per claim, the global host, admitted hosts, home and routing. */
export function comparePlaces(before: Policy, after: Policy, catalog: Catalog): PolicyChange[] {
  return [
    ...claims.flatMap((claim) => compareClaim(claim, before, after, catalog)),
    ...compareGlobal(before, after, catalog),
    ...compareAcceptance("inferenceElsewhere", before.inferenceElsewhere, after.inferenceElsewhere),
    ...compareCustomHosts(before, after),
    ...compareHome(before, after, catalog),
    ...compareRouting(before, after, catalog),
  ];
}

const claims: readonly RestrictableClaim[] = ["inference", "storage", "handling", "ingress", "relay"];

export const claimNouns: Readonly<Record<RestrictableClaim, string>> = {
  inference: "Inference",
  storage: "Storage",
  handling: "Handling of files, batches and indexes",
  ingress: "The end of TLS",
  relay: "Our own relay",
};

function compareClaim(
  claim: RestrictableClaim,
  before: Policy,
  after: Policy,
  catalog: Catalog,
): PolicyChange[] {
  const was = allowedCountries(before, claim);
  const is = allowedCountries(after, claim);
  const field = `claims.${claim}`;
  const noun = claimNouns[claim];
  if (was === null && is === null) return [];
  if (is === null)
    return [
      {
        field,
        effect: "widens",
        sentence: `${noun} may be anywhere; so far it was held to ${placeWords(was ?? [], catalog)}.`,
      },
    ];
  if (was === null)
    return [
      {
        field,
        effect: "tightens",
        sentence: `${noun} is held to ${placeWords(is, catalog)}; so far it might be anywhere.`,
      },
    ];
  const added = is.filter((country) => !was.includes(country));
  const gone = was.filter((country) => !is.includes(country));
  const changes: PolicyChange[] = [];
  if (added.length > 0)
    changes.push({
      field,
      effect: "widens",
      sentence: `${noun} may also be in ${placeWords(added, catalog)}.`,
    });
  if (gone.length > 0)
    changes.push({
      field,
      effect: "tightens",
      sentence: `${noun} may no longer be in ${placeWords(gone, catalog)}.`,
    });
  return changes;
}

function compareGlobal(before: Policy, after: Policy, catalog: Catalog): PolicyChange[] {
  const field = "global";
  const host = hostOfRegion("global", catalog);
  if (!before.global.allowed && after.global.allowed)
    return [{ field, effect: "widens", sentence: `${host}, which promises no place, can be reached.` }];
  if (before.global.allowed && !after.global.allowed)
    return [{ field, effect: "tightens", sentence: `${host} can no longer be reached.` }];
  const was = before.global.allowed ? before.global.acceptance : null;
  const is = after.global.allowed ? after.global.acceptance : null;
  return compareAcceptance("global.acceptance", was, is);
}

/** To prolong what a person accepted is to accept it again, so it takes a second one, too. */
function compareAcceptance(
  field: string,
  was: GlobalAcceptance | null | undefined,
  is: GlobalAcceptance | null | undefined,
): PolicyChange[] {
  const what = field === "inferenceElsewhere" ? "that inference runs elsewhere" : "the global host";
  if (!was && !is) return [];
  if (!was && is)
    return [
      {
        field,
        effect: "alters",
        sentence: `${is.acceptedBy} accepts ${what}, to be reviewed on ${is.reviewOn}.`,
      },
    ];
  if (was && !is)
    return [{ field, effect: "alters", sentence: `${was.acceptedBy} no longer stands for ${what}.` }];
  if (!was || !is) return [];
  if (is.reviewOn > was.reviewOn)
    return [
      {
        field,
        effect: "widens",
        sentence: `The acceptance of ${what} is prolonged from ${was.reviewOn} to ${is.reviewOn}, by ${is.acceptedBy}.`,
      },
    ];
  if (is.reviewOn < was.reviewOn)
    return [
      {
        field,
        effect: "tightens",
        sentence: `The acceptance of ${what} is reviewed on ${is.reviewOn} instead of ${was.reviewOn}.`,
      },
    ];
  if (was.acceptedBy === is.acceptedBy && was.reason === is.reason) return [];
  return [
    { field, effect: "alters", sentence: `The acceptance of ${what} is worded anew, by ${is.acceptedBy}.` },
  ];
}

function compareCustomHosts(before: Policy, after: Policy): PolicyChange[] {
  const added = after.customHosts.filter((host) => !before.customHosts.includes(host));
  const gone = before.customHosts.filter((host) => !after.customHosts.includes(host));
  return [
    ...added.map(
      (host): PolicyChange => ({
        field: "customHosts",
        effect: "widens",
        sentence: `${host} can be reached. OpenAI does not document it: where it passes content on is only a label.`,
      }),
    ),
    ...gone.map(
      (host): PolicyChange => ({
        field: "customHosts",
        effect: "tightens",
        sentence: `${host} can no longer be reached.`,
      }),
    ),
    ...after.customHosts.flatMap((host) => compareReason(host, before, after)),
  ];
}

/** Of a host that is admitted now there is nothing to compare: its admission says it. */
function compareReason(host: string, before: Policy, after: Policy): PolicyChange[] {
  const was = before.customHostReasons?.[host] ?? "";
  const is = after.customHostReasons?.[host] ?? "";
  if (was === is || !before.customHosts.includes(host)) return [];
  const sentence = `Why ${host} is admitted is ${is === "" ? "no longer said" : "worded anew"}.`;
  return [{ field: `customHostReasons.${host}`, effect: "alters", sentence }];
}

function compareHome(before: Policy, after: Policy, catalog: Catalog): PolicyChange[] {
  if (before.homeRegion === after.homeRegion) return [];
  const name = (policy: Policy) => targetWords(policy.homeRegion, catalog);
  const sentence = `Calls that ask for no target go to ${name(after)} instead of ${name(before)}.`;
  return [{ field: "homeRegion", effect: "alters", sentence }];
}

/** A country no map names: what holds for it holds for every country left out. */
const unnamed: CountryCode = "XX";

function compareRouting(before: Policy, after: Policy, catalog: Catalog): PolicyChange[] {
  const named = new Set([...countriesOf(before), ...countriesOf(after)]);
  return [...[...named].sort(), unnamed].flatMap((country): PolicyChange[] => {
    const was = regionBoundBySubject(before, country);
    const is = regionBoundBySubject(after, country);
    if (was === is) return [];
    const who =
      country === unnamed ? "Calls for subjects of any other country" : `Calls for subjects in ${country}`;
    const field = country === unnamed ? "routing" : `routing.map.${country}`;
    const name = (region: string) => regionName(region, catalog);
    if (was === null && is !== null)
      return [{ field, effect: "tightens", sentence: `${who} must go to ${name(is)}.` }];
    if (was !== null && is === null)
      return [{ field, effect: "widens", sentence: `${who} are no longer bound to ${name(was)}.` }];
    return [
      {
        field,
        effect: "widens",
        sentence: `${who} go to ${name(is ?? "")} instead of ${name(was ?? "")}.`,
      },
    ];
  });
}

function countriesOf({ routing }: Policy): readonly CountryCode[] {
  return routing.kind === "home" ? [] : Object.keys(routing.map);
}
