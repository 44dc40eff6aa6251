"use client";

import { FailedPage, type FailedPageProps } from "../../components/layout/failed-page.tsx";

/** A page failed: the navigation beside it stays. */
export default function DashboardError(props: FailedPageProps) {
  return <FailedPage {...props} />;
}
