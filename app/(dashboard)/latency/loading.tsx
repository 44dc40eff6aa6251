import { CardSkeleton } from "../../../components/ui/card-skeleton.tsx";
import { PageSkeleton } from "../../../components/ui/page-skeleton.tsx";

export default function LatencyLoading() {
  return (
    <PageSkeleton>
      <CardSkeleton what="the latencies" />
    </PageSkeleton>
  );
}
