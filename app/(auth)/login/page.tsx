import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "../../../components/auth/sign-in-form.tsx";
import { Logo } from "../../../components/layout/logo.tsx";
import { ThemeSwitch } from "../../../components/layout/theme-switch.tsx";
import { BandSwatch } from "../../../components/ui/band-mark.tsx";
import { bandMeaning } from "../../../components/ui/band-meaning.ts";
import { findEnrolling } from "../../../lib/auth/require-actor.ts";
import { ownPath, signInProblems } from "../../../lib/contracts/sign-in.ts";
import { bandOrder } from "../../../lib/core/verdicts/verdict-words.ts";
import { signInSettings } from "../../../lib/env/sign-in-settings.ts";

export const metadata: Metadata = { title: "Sign in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function LoginPage({ searchParams }: { searchParams: Search }) {
  const { from, error, way } = await searchParams;
  // trust: from the URL, all three.
  const destination = ownPath.safeParse(from).data ?? "/";
  if (await findEnrolling()) redirect(destination);
  const { oidc, passwords } = signInSettings();
  return (
    <main className="grid min-h-dvh lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
      <div className="flex flex-col justify-between gap-12 p-6 md:p-10">
        <Logo />
        <div className="mx-auto flex w-full max-w-88 flex-col gap-6">
          <div className="flex flex-col gap-1">
            <h1 className="font-semibold text-xl tracking-tight">Sign in</h1>
            <p className="text-base text-muted">to see where your calls went.</p>
          </div>
          <SignInForm
            destination={destination}
            // Switched off, it is there for whom the operator lets in; the server decides.
            passwords={passwords || way === "password"}
            problem={signInProblems.find((each) => each === error) ?? null}
            provider={oidc?.name ?? null}
          />
        </div>
        <div>
          <ThemeSwitch />
        </div>
      </div>
      <section
        aria-label="What Domicile records"
        className="flex flex-col justify-center gap-6 border-l bg-sunken p-10 max-lg:hidden"
      >
        <p className="max-w-md text-balance font-medium text-lg tracking-tight">
          Where did each of our OpenAI API calls go, and was it allowed to go there?
        </p>
        <dl className="max-w-md divide-y divide-line border-y">
          {bandOrder.map((band) => (
            <div className="flex items-baseline gap-3 py-2.5" key={band}>
              <BandSwatch band={band} className="translate-y-px" />
              <dt className="w-40 shrink-0 font-medium text-sm">{bandMeaning[band].word}</dt>
              <dd className="text-muted text-sm">{bandMeaning[band].sentence}</dd>
            </div>
          ))}
        </dl>
      </section>
    </main>
  );
}
