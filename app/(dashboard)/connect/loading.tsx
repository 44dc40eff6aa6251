import { ConnectSkeleton } from "../../../components/connect/connect-skeleton.tsx";
import { PageSkeleton } from "../../../components/ui/page-skeleton.tsx";

export default function ConnectLoading() {
  return (
    <PageSkeleton>
      <ConnectSkeleton />
    </PageSkeleton>
  );
}
