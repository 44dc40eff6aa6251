"use client";

import type { ReactNode } from "react";
import type { Cell, RegionRow } from "../../lib/core/regions/catalog.ts";
import { cn } from "../ui/cn.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { CellMark } from "./cell-mark.tsx";
import { cellWords } from "./cell-words.ts";

export type MatrixRow = {
  readonly id: string;
  /** Named in each cell's own name, as plain text. */
  readonly name: string;
  readonly title: ReactNode;
  /** null: the row says nothing of the region. */
  readonly cell: (region: string) => Pick<Cell, "state"> | null;
  /** A mark beside the state, such as a closed list that narrows it. */
  readonly caveat?: (region: string) => string | null;
  /** Further columns, in the order of `columns`. */
  readonly extra?: readonly ReactNode[];
};

export type CellMatrixProps = {
  caption: string;
  firstColumn: string;
  regions: readonly Pick<RegionRow, "code" | "name">[];
  columns?: readonly string[];
  /** Which of them are figures. */
  figures?: readonly string[];
  rows: readonly MatrixRow[];
  open?: { readonly id: string; readonly region: string | null } | null;
  onOpen: (id: string, region: string) => void;
  /** Marks a cell that the draft changes. */
  isChanged?: (id: string, region: string) => boolean;
};

/** Rows by regions; each cell opens its evidence. The first column stays in sight. */
export function CellMatrix(props: CellMatrixProps) {
  const { caption, regions, rows, columns = [], figures = [], onOpen, open } = props;
  const alignOf = (title: string) => (figures.includes(title) ? "right" : "left");
  return (
    <Table caption={caption}>
      <TableHead>
        <TableRow>
          <TableHeader className="sticky left-0 z-10 bg-surface">{props.firstColumn}</TableHeader>
          {regions.map(({ code, name }) => (
            <TableHeader className="px-1 text-center font-mono" key={code} title={name}>
              <abbr className="no-underline" title={name}>
                {code.length <= 3 ? code.toUpperCase() : code}
              </abbr>
            </TableHeader>
          ))}
          {columns.map((title) => (
            <TableHeader align={alignOf(title)} key={title}>
              {title}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow className={cn(open?.id === row.id && "bg-accent-tint")} key={row.id}>
            <th
              className={cn(
                "sticky left-0 z-10 max-w-52 bg-surface px-3 py-1 pl-4 text-left font-normal md:max-w-80",
                open?.id === row.id && "bg-accent-tint",
              )}
              scope="row"
            >
              {row.title}
            </th>
            {regions.map(({ code, name }) => (
              <MatrixCell
                caveat={row.caveat?.(code) ?? null}
                cell={row.cell(code)}
                changed={props.isChanged?.(row.id, code) ?? false}
                key={code}
                label={`${row.name} in ${name}`}
                onOpen={() => onOpen(row.id, code)}
              />
            ))}
            {columns.map((title, at) => (
              <TableCell align={alignOf(title)} className="text-muted" key={title}>
                {row.extra?.[at]}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type MatrixCellProps = {
  cell: Pick<Cell, "state"> | null;
  caveat: string | null;
  label: string;
  changed: boolean;
  onOpen: () => void;
};

function MatrixCell({ cell, caveat, label, changed, onOpen }: MatrixCellProps) {
  const state = cell?.state ?? "unknown";
  return (
    <td className="px-1 py-0.5 text-center">
      <button
        aria-label={`${label}: ${cellWords[state].word}${caveat === null ? "" : `, ${caveat}`}${changed ? ", changed in the draft" : ""}`}
        className={cn(
          "relative inline-flex size-7 items-center justify-center rounded-sm hover:bg-hover",
          changed && "ring-2 ring-accent-ink",
        )}
        onClick={onOpen}
        title={caveat ?? undefined}
        type="button"
      >
        <CellMark state={state} />
        {caveat === null ? null : (
          <span aria-hidden="true" className="absolute top-0 right-0 size-1.5 rounded-full bg-unverifiable" />
        )}
      </button>
    </td>
  );
}
