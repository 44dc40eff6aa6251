import { LogSkeleton } from "../../../components/ledger/log-skeleton.tsx";
import { PageSkeleton } from "../../../components/ui/page-skeleton.tsx";

export default function LedgerLoading() {
  return (
    <PageSkeleton>
      <LogSkeleton />
    </PageSkeleton>
  );
}
