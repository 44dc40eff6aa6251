import { FindingCaseSkeleton } from "../../../../components/findings/finding-case-skeleton.tsx";

export default function FindingLoading() {
  return <FindingCaseSkeleton />;
}
