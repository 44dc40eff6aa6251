import { Badge } from "./badge.tsx";

/** What never went to the provider. On paper the word stands free of the hatch. */
export function SimulatedBadge() {
  return (
    <Badge className="hatch-simulated">
      <span className="print:bg-paper print:px-0.5">Simulated</span>
    </Badge>
  );
}
