import type { Metadata } from "next";
import Link from "next/link";
import { Logo } from "../../components/layout/logo.tsx";
import { ThemeSwitch } from "../../components/layout/theme-switch.tsx";
import { VerifierDownload } from "../../components/verify/verifier-download.tsx";
import { VerifyPack } from "../../components/verify/verify-pack.tsx";
import { verifierFile } from "../../lib/services/deployment/verifier-file.ts";

export const metadata: Metadata = { title: "Verify a report pack" };

export default async function Page() {
  return (
    <div className="mx-auto flex min-h-dvh max-w-4xl flex-col gap-6 px-4 py-6 md:px-8">
      <header className="flex items-center justify-between gap-4">
        <Link aria-label="Domicile" href="/" prefetch={false}>
          <Logo />
        </Link>
        <ThemeSwitch />
      </header>
      <main className="flex flex-col gap-6">
        <div className="flex max-w-2xl flex-col gap-1">
          <h1 className="font-semibold text-lg tracking-tight">Verify a report pack</h1>
          <p className="text-base text-muted">
            Your browser checks the pack by itself. No file leaves this machine, and once the page is open it
            needs no network.
          </p>
        </div>
        <VerifyPack />
        <VerifierDownload file={await verifierFile()} />
      </main>
    </div>
  );
}
