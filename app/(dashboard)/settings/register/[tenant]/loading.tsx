import { SettingsSkeleton } from "../../../../../components/settings/settings-skeleton.tsx";

export default function RegisterLoading() {
  return <SettingsSkeleton />;
}
