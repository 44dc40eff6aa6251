"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { signInOverviewQuery } from "../../lib/client/sign-in-overview.ts";
import type { SecondFactorDemand, SignInOverview } from "../../lib/contracts/sign-in.ts";
import { atStart } from "../auth/sign-in-words.ts";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { PersonSignInTable } from "./person-sign-in-table.tsx";
import { RefusedSignInTable } from "./refused-sign-in-table.tsx";

/** Which ways in there are, who takes which, whom the provider knows and nobody here. For administrators of the deployment. */
export function DeploymentSignIn() {
  const { data, error, refetch } = useQuery(signInOverviewQuery());
  if (error && !data)
    return (
      <ErrorPanel
        code={error instanceof ProblemError ? error.problem.code : undefined}
        detail={error.message}
        onRetry={() => void refetch()}
        title="How people sign in could not be loaded"
      />
    );
  const provider = data?.provider ?? null;
  return (
    <>
      <Section
        note="Set by whoever operates Domicile, in the environment of the web process; read only here."
        title="Ways in"
      >
        {data ? <Ways overview={data} /> : null}
      </Section>
      {data && provider ? (
        <Section
          note={`${formatNoun(data.refused.length, "account")} of ${provider.name} came in the last 30 days and ${data.refused.length === 1 ? "is" : "are"} bound to nobody here.`}
          title="Refused"
        >
          <RefusedSignInTable people={data.people} provider={provider.name} refused={data.refused} />
        </Section>
      ) : null}
      <Section note={data && peopleNote(data)} title="How people sign in">
        <PersonSignInTable people={data?.people} provider={provider?.name ?? null} />
      </Section>
    </>
  );
}

const demandWords: Readonly<Record<SecondFactorDemand, string>> = {
  optional: "Of who enrols one. Nobody must.",
  admins: "Demanded of administrators, of the deployment and of tenants, who sign in with a password.",
  all: "Demanded of everybody who signs in with a password.",
};

function peopleNote({ people, provider }: SignInOverview): string {
  const active = people.filter(({ isDisabled }) => !isDisabled);
  const bound = active.filter(({ binding }) => binding !== null).length;
  const factors = active.filter(({ hasSecondFactor }) => hasSecondFactor).length;
  const may = `${formatNoun(active.length, "person", "people")} may sign in · ${factors} with a second factor`;
  return provider ? `${may} · ${bound} bound at ${provider.name}` : may;
}

function Ways({ overview: { passwords, provider, secondFactor } }: { overview: SignInOverview }) {
  const items = [
    {
      term: "Password",
      value: passwords
        ? "On"
        : "Off. The operator lets a person in for an hour with npm run admin -- let-in, where the provider is away.",
    },
    { term: "Second factor", value: demandWords[secondFactor] },
    ...(provider === null
      ? [{ term: "Single sign-on", value: "Off. It takes an OpenID Connect provider: DOMICILE_OIDC_ISSUER." }]
      : [
          { term: "Single sign-on", value: atStart(provider.name) },
          { term: "Issuer", value: <Copyable length={60} text={provider.issuer} what="issuer" /> },
          { term: "Client", value: <Copyable length={60} text={provider.clientId} what="client id" /> },
          {
            term: "Redirect URI",
            value: <Copyable length={80} text={provider.redirectUri} what="redirect URI" />,
          },
          {
            term: "First sign-in",
            value: provider.trustsEmail
              ? "By an e-mail address that the provider has verified, else bound by an administrator."
              : "Bound by an administrator. E-mail addresses of the provider are not trusted.",
          },
        ]),
  ];
  return <DefinitionList className="px-4 py-1" items={items} />;
}
