import { TriangleAlert } from "lucide-react";
import { Badge } from "../ui/badge.tsx";

/** Born at a host that lies outside the policy in force. */
export function ElsewhereBadge() {
  return (
    <Badge title="Born at a host that lies outside the policy in force now" tone="outside">
      <TriangleAlert aria-hidden="true" />
      Elsewhere
    </Badge>
  );
}
