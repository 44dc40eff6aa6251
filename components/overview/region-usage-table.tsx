import Link from "next/link";
import { countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { Overview, RegionUsage } from "../../lib/contracts/overview.ts";
import type { OverviewState } from "../../lib/contracts/overview-parsers.ts";
import type { Window } from "../../lib/contracts/range.ts";
import { BandBar } from "../ui/band-bar.tsx";
import { formatCount, formatShare } from "../ui/format-number.ts";
import { isPlaceless } from "../ui/placeless.ts";
import { RegionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";

/** Usage by region served. What has no place (global, unknown, nothing sent) stands apart, under no region. */
export function RegionUsageTable({ overview, state }: { overview: Overview; state: OverviewState }) {
  const largest = Math.max(1, ...overview.regions.map(({ calls }) => calls));
  const regions = overview.regions.filter(({ region }) => !isPlaceless(region));
  const elsewhere = overview.regions.filter(({ region }) => isPlaceless(region));
  const row = (usage: RegionUsage) => (
    <UsageRow
      key={usage.region}
      largest={largest}
      state={state}
      total={overview.calls}
      usage={usage}
      window={overview.window}
    />
  );
  return (
    <Section note="By the host that was dialled. Bars are drawn to one scale." title="Where calls went">
      <Table caption="Calls, tokens and bands by region">
        <TableHead>
          <TableRow>
            <TableHeader>Region</TableHeader>
            <TableHeader align="right">Calls</TableHeader>
            <TableHeader align="right">Share</TableHeader>
            <TableHeader className="w-2/5 min-w-32">Bands</TableHeader>
            <TableHeader align="right">Outside</TableHeader>
            <TableHeader align="right">Not verifiable</TableHeader>
            <TableHeader align="right">Input tokens</TableHeader>
            <TableHeader align="right">Output tokens</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>{regions.map(row)}</TableBody>
        {elsewhere.length > 0 ? (
          <TableBody className="border-t">
            <TableRow className="bg-sunken">
              <th className="px-4 text-left font-medium text-faint text-xs" colSpan={8} scope="rowgroup">
                In no region: no place is promised or known for these
              </th>
            </TableRow>
            {elsewhere.map(row)}
          </TableBody>
        ) : null}
      </Table>
    </Section>
  );
}

type UsageRowProps = {
  usage: RegionUsage;
  total: number;
  largest: number;
  state: OverviewState;
  window: Window;
};

function UsageRow({ usage, total, largest, state, window }: UsageRowProps) {
  return (
    <TableRow>
      <TableCell>
        <Link
          className="underline-offset-4 hover:text-accent-ink hover:underline"
          href={countedCallsHref(window, { ...state, region: [usage.region] })}
        >
          <RegionName code={usage.region} />
        </Link>
      </TableCell>
      <TableCell align="right">{formatCount(usage.calls)}</TableCell>
      <TableCell align="right" className="text-muted">
        {formatShare(usage.calls, total)}
      </TableCell>
      <TableCell>
        <BandBar bands={usage.bands} outOf={largest} />
      </TableCell>
      <TableCell align="right">
        <Figure value={usage.bands.outside} />
      </TableCell>
      <TableCell align="right">
        <Figure value={usage.bands.unverifiable} />
      </TableCell>
      <TableCell align="right">{formatCount(usage.inputTokens)}</TableCell>
      <TableCell align="right">{formatCount(usage.outputTokens)}</TableCell>
    </TableRow>
  );
}

function Figure({ value }: { value: number }) {
  return value === 0 ? (
    <span className="text-faint">0</span>
  ) : (
    <span className="font-medium">{formatCount(value)}</span>
  );
}
