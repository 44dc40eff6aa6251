import type { Metadata } from "next";
import { Simulator } from "../../../../../../components/policies/simulator.tsx";
import { PolicyPage } from "../policy-page.tsx";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "Policy simulator" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  return (
    <PolicyPage tenant={tenant}>
      <Simulator now={new Date().toISOString()} slug={tenant} />
    </PolicyPage>
  );
}
