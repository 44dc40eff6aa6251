import type { Metadata } from "next";
import { PolicyBook } from "../../../../../components/policies/policy-book.tsx";
import { PolicyPage } from "./policy-page.tsx";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "Policy" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  return (
    <PolicyPage tenant={tenant}>
      <PolicyBook now={new Date().toISOString()} slug={tenant} />
    </PolicyPage>
  );
}
