import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Logo } from "../../../components/layout/logo.tsx";
import { ThemeSwitch } from "../../../components/layout/theme-switch.tsx";
import { DemandedEnrolment } from "../../../components/second-factor/demanded-enrolment.tsx";
import { findActor, findEnrolling } from "../../../lib/auth/require-actor.ts";

export const metadata: Metadata = { title: "Second factor" };

/** Where whoever must enrol a second factor is led, whatever page he asks for. */
export default async function SecondFactorPage() {
  const person = await findEnrolling();
  if (!person) redirect("/login");
  if (await findActor()) redirect("/");
  return (
    <main className="flex min-h-dvh flex-col justify-between gap-12 p-6 md:p-10">
      <Logo />
      <div className="mx-auto w-full max-w-md">
        <DemandedEnrolment email={person.email} />
      </div>
      <div>
        <ThemeSwitch />
      </div>
    </main>
  );
}
