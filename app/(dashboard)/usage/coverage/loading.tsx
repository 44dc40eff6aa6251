import { CardSkeleton } from "../../../../components/ui/card-skeleton.tsx";
import { PageSkeleton } from "../../../../components/ui/page-skeleton.tsx";

export default function CoverageLoading() {
  return (
    <PageSkeleton>
      <CardSkeleton what="the comparison" />
    </PageSkeleton>
  );
}
