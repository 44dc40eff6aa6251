import { CardSkeleton } from "../ui/card-skeleton.tsx";
import { PageSkeleton } from "../ui/page-skeleton.tsx";

/** The shape of a page of the settings. */
export function SettingsSkeleton() {
  return (
    <PageSkeleton>
      <CardSkeleton what="the settings" />
    </PageSkeleton>
  );
}
