import { redirect } from "next/navigation";
import { Empty } from "../../../../../components/ui/empty.tsx";
import { requireActor } from "../../../../../lib/auth/require-actor.ts";

export default async function Page() {
  const [first] = (await requireActor()).memberships;
  if (first) redirect(`/settings/alerts/${encodeURIComponent(first.slug)}`);
  return <Empty kind="no-data" title="You are a member of no tenant yet" />;
}
