/** Airport codes of edges in a region; for the global host, of edges near a caller in Europe. */
export function edgeCodes(region: string | null): readonly string[] {
  return edges[region ?? ""] ?? ["FRA"];
}

const edges: Readonly<Record<string, readonly string[]>> = {
  global: ["FRA", "PRG", "AMS", "VIE"],
  us: ["IAD", "ORD", "DFW", "SJC"],
  eu: ["FRA", "AMS", "ARN", "CDG"],
  ae: ["DXB"],
  au: ["SYD", "MEL"],
  in: ["BOM", "DEL", "MAA"],
  jp: ["NRT", "KIX"],
  ca: ["YYZ", "YUL"],
  sg: ["SIN"],
  kr: ["ICN"],
  gb: ["LHR", "MAN"],
};
