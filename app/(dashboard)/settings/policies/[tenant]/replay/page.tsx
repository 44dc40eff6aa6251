import type { Metadata } from "next";
import { ReplayPage } from "../../../../../../components/policies/replay-page.tsx";
import { PolicyPage } from "../policy-page.tsx";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "Policy replay" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  return (
    <PolicyPage tenant={tenant}>
      <ReplayPage now={new Date().toISOString()} slug={tenant} />
    </PolicyPage>
  );
}
