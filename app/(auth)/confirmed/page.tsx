import type { Metadata } from "next";
import { signInWords } from "../../../components/auth/sign-in-words.ts";
import { TellConfirmed } from "../../../components/confirmation/tell-confirmed.tsx";
import { Logo } from "../../../components/layout/logo.tsx";
import { ThemeSwitch } from "../../../components/layout/theme-switch.tsx";
import { signInProblems } from "../../../lib/contracts/sign-in.ts";
import { signInSettings } from "../../../lib/env/sign-in-settings.ts";

export const metadata: Metadata = { title: "Confirm that it is you" };

type Search = Promise<Record<string, string | string[] | undefined>>;

/**
 * Where the identity provider sends back whoever has shown there who he is: a window beside the page that asked. Also for who holds
 * no session any more: that is what the page is told then.
 */
export default async function ConfirmedPage({ searchParams }: { searchParams: Search }) {
  // trust: from the URL. What is no code of ours is one, so that nobody is told of a success there was not.
  const { error } = await searchParams;
  const problem =
    error === undefined ? null : (signInProblems.find((each) => each === error) ?? "sso_failed");
  return (
    <main className="flex min-h-dvh flex-col justify-between gap-12 p-6 md:p-10">
      <Logo />
      <div className="mx-auto flex w-full max-w-md flex-col gap-2">
        <h1 className="font-semibold text-xl tracking-tight">
          {problem ? "Not confirmed" : "The window can be closed"}
        </h1>
        <p className="text-base text-muted">
          {problem
            ? signInWords(problem, signInSettings().oidc?.name ?? "The identity provider")
            : "The page that asked who you are goes on by itself."}
        </p>
        <TellConfirmed problem={problem} />
      </div>
      <div>
        <ThemeSwitch />
      </div>
    </main>
  );
}
