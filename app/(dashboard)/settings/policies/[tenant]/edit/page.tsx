import type { Metadata } from "next";
import { PolicyEditor } from "../../../../../../components/policies/policy-editor.tsx";
import { PolicyPage } from "../policy-page.tsx";

type Props = { params: Promise<{ tenant: string }> };

export const metadata: Metadata = { title: "Edit policy" };

export default async function Page({ params }: Props) {
  const { tenant } = await params;
  return (
    <PolicyPage tenant={tenant}>
      <PolicyEditor now={new Date().toISOString()} slug={tenant} />
    </PolicyPage>
  );
}
