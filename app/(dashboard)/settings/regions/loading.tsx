import { RegionsSkeleton } from "../../../../components/regions/regions-skeleton.tsx";

export default function RegionsLoading() {
  return <RegionsSkeleton />;
}
