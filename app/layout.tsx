import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { keepEarlyInput } from "../components/layout/early-input.ts";
import { Listening } from "../components/layout/listening.tsx";
import { Providers } from "../components/layout/providers.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Domicile", template: "%s · Domicile" },
  description: "Where each of our OpenAI API calls went, and whether it was allowed to go there.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf7" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0e14" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html className={`${GeistSans.variable} ${GeistMono.variable}`} lang="en" suppressHydrationWarning>
      <body>
        <script nonce={nonce} suppressHydrationWarning>{`(${keepEarlyInput})()`}</script>
        <Providers nonce={nonce}>{children}</Providers>
        <Listening />
      </body>
    </html>
  );
}
