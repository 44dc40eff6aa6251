"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { ownSignInQuery } from "../../lib/client/sign-in-overview.ts";
import type { OwnSignIn } from "../../lib/contracts/sign-in.ts";
import { DefinitionList } from "../ui/definition-list.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
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
      {data ? <Ways own={data} /> : <Skeleton className="m-4 h-16" />}
    </Section>
  );
}

function Ways({ own: { passwords, provider, binding } }: { own: OwnSignIn }) {
  const password = passwords ? (
    <>
      A way in. You change it under{" "}
      <Link className="text-accent-ink underline-offset-4 hover:underline" href="/settings/sessions">
        Sessions
      </Link>
      .
    </>
  ) : (
    <span className="text-muted">Switched off in this deployment.</span>
  );
  const items = [
    { term: "Password", value: password },
    ...(provider === null ? [] : [{ term: provider, value: <BindingWords binding={binding} /> }]),
  ];
  return <DefinitionList className="px-4 py-1" items={items} />;
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
