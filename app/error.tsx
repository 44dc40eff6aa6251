"use client";

import { FailedDocument } from "../components/layout/failed-document.tsx";
import type { FailedPageProps } from "../components/layout/failed-page.tsx";

/** What fails before a page has its frame, say who is signed in: the database is away. */
export default function AppError(props: FailedPageProps) {
  return <FailedDocument {...props} />;
}
