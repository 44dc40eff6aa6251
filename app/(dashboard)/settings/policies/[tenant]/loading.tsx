import { TenantSkeleton } from "../../../../../components/tenants/tenant-skeleton.tsx";

export default function PolicyLoading() {
  return <TenantSkeleton />;
}
