import { OverviewSkeleton } from "../../../components/overview/overview-skeleton.tsx";
import { PageSkeleton } from "../../../components/ui/page-skeleton.tsx";

export default function OverviewLoading() {
  return (
    <PageSkeleton>
      <OverviewSkeleton />
    </PageSkeleton>
  );
}
