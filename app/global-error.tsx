"use client";

import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { ThemeProvider } from "next-themes";
import { FailedDocument } from "../components/layout/failed-document.tsx";
import type { FailedPageProps } from "../components/layout/failed-page.tsx";
import "./globals.css";

/** The root layout itself failed: a document of its own, in the reader's theme. */
export default function GlobalError(props: FailedPageProps) {
  return (
    <html className={`${GeistSans.variable} ${GeistMono.variable}`} lang="en" suppressHydrationWarning>
      <body>
        <title>Domicile</title>
        <ThemeProvider attribute="class" defaultTheme="system" enableSystem>
          <FailedDocument {...props} />
        </ThemeProvider>
      </body>
    </html>
  );
}
