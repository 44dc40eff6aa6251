import type { Metadata } from "next";
import { RestatementPage } from "../../../../../../components/restatements/restatement-page.tsx";
import { PolicyPage } from "../policy-page.tsx";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "Restatements" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  return (
    <PolicyPage tenant={tenant}>
      <RestatementPage now={new Date().toISOString()} slug={tenant} />
    </PolicyPage>
  );
}
