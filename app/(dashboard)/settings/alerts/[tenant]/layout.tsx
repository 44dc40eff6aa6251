import { TenantLayout } from "../../tenant-layout.tsx";

export default TenantLayout;
