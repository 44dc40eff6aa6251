import { ModelsSkeleton } from "../../../components/models/models-skeleton.tsx";

export default function ModelsLoading() {
  return <ModelsSkeleton />;
}
