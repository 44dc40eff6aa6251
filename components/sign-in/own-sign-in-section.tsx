"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { ownSignInQuery } from "../../lib/client/sign-in-overview.ts";
import type { OwnSignIn } from "../../lib/contracts/sign-in.ts";
import { atStart } from "../auth/sign-in-words.ts";
import { EnrolDialog } from "../second-factor/enrol-dialog.tsx";
import { RemoveDialog } from "../second-factor/remove-dialog.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";

/** How the reader signs in. `email`: his. */
export function OwnSignInSection({ email }: { email: string }) {
  const { data, error, refetch } = useQuery(ownSignInQuery());
  if (error && !data)
    return (
      <ErrorPanel
        code={error instanceof ProblemError ? error.problem.code : undefined}
        detail={error.message}
        onRetry={() => void refetch()}
        title="How you sign in could not be loaded"
      />
    );
  return (
    <Section note={`You are known here as ${email}.`} title="Your sign-in">
      {data ? <Ways email={email} own={data} /> : <Skeleton className="m-4 h-16" />}
    </Section>
  );
}

function Ways({ email, own }: { email: string; own: OwnSignIn }) {
  const { passwords, provider, binding } = own;
  const password = passwords ? (
    <>
      A way in. You change it under{" "}
      <Link
        className="text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
        href="/settings/sessions"
      >
        Sessions
      </Link>
      .
    </>
  ) : (
    <span className="text-muted">Switched off in this deployment.</span>
  );
  const items = [
    { term: "Password", value: password },
    ...(passwords || own.secondFactor
      ? [{ term: "Second factor", value: <SecondFactor email={email} own={own} /> }]
      : []),
    ...(provider === null ? [] : [{ term: atStart(provider), value: <BindingWords binding={binding} /> }]),
  ];
  return <DefinitionList className="px-4 py-1" items={items} />;
}

function SecondFactor({ email, own }: { email: string; own: OwnSignIn }) {
  const { secondFactor, mustHaveSecondFactor } = own;
  return (
    <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      {secondFactor ? (
        <>
          <span>
            An authenticator app since <Time at={secondFactor.since} />.{" "}
            {formatNoun(secondFactor.recoveryCodesLeft, "recovery code")} left.
          </span>
          <RemoveDialog email={email} mustHave={mustHaveSecondFactor} />
        </>
      ) : (
        <>
          <span className="text-muted">None: your password alone signs you in.</span>
          <EnrolDialog email={email} />
        </>
      )}
    </span>
  );
}

function BindingWords({ binding }: Pick<OwnSignIn, "binding">) {
  if (binding === null)
    return (
      <span className="text-muted">
        No account there is bound to you. Sign in with it once; an administrator of the deployment then sees
        the attempt and binds it.
      </span>
    );
  return (
    <>
      A way in since <Time at={binding.since} />,{" "}
      {binding.by === "email" ? "by your verified e-mail address." : "bound by an administrator."}
    </>
  );
}
