"use client";

import { useState } from "react";
import type { CatalogChangeItem } from "../../lib/contracts/catalog.ts";
import { EffectLine, effects } from "../ui/effect-mark.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";

/** What differs between two versions: as sentences, and as a table of before and after. */
export function ChangeList({ changes }: { changes: readonly CatalogChangeItem[] }) {
  const [view, setView] = useState<"words" | "table">("words");
  return (
    <Tabs
      label="Changes"
      onValueChange={setView}
      tabs={[
        {
          id: "words",
          title: "In words",
          content: (
            <ul className="flex max-h-80 flex-col gap-1.5 overflow-y-auto text-sm">
              {effects.flatMap((effect) =>
                changes
                  .filter((change) => change.effect === effect)
                  .map((change) => (
                    <EffectLine effect={effect} key={keyOf(change)}>
                      {change.sentence}
                    </EffectLine>
                  )),
              )}
            </ul>
          ),
        },
        { id: "table", title: "As a table", content: <ChangeTable changes={changes} /> },
      ]}
      value={view}
    />
  );
}

function ChangeTable({ changes }: { changes: readonly CatalogChangeItem[] }) {
  return (
    <div className="max-h-80 overflow-y-auto rounded-md border">
      <Table caption="Changes">
        <TableHead>
          <TableRow>
            <TableHeader>Row</TableHeader>
            <TableHeader>What</TableHeader>
            <TableHeader>Before</TableHeader>
            <TableHeader>After</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {changes.map((change) => (
            <TableRow className="align-top" key={keyOf(change)}>
              <TableCell className="whitespace-normal">{change.subject}</TableCell>
              <TableCell className="whitespace-normal">{change.place || "Row"}</TableCell>
              <TableCell className="min-w-40 whitespace-normal text-muted">{change.before}</TableCell>
              <TableCell className="min-w-40 whitespace-normal">{change.after}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function keyOf({ table, id, path }: CatalogChangeItem): string {
  return [table, id, ...path].join(" ");
}
