"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { cn } from "../ui/cn.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";

export type Column<Row> = {
  readonly id: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "left" | "right";
  readonly className?: string;
};

export type DataTableProps<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Makes rows selectable by click, Enter and Space; the first cell's text names the row. */
  onOpen?: (row: Row) => void;
  selectedKey?: string | null;
  /** True while the first rows are on their way: skeleton rows in the table's shape. */
  isLoading?: boolean;
  skeletonRows?: number;
  /** One of the three kinds of `Empty`, shown in place of rows. */
  empty?: ReactNode;
  rowClassName?: (row: Row) => string | undefined;
  /** Many columns: less room between them. */
  isDense?: boolean;
  className?: string;
};

/** Rows of 32 px between hairlines; the heading stays in sight. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, onOpen, selectedKey, isLoading = false, skeletonRows = 8 } = props;
  const room = props.isDense ? "px-2" : undefined;
  if (!isLoading && rows.length === 0 && props.empty) return <>{props.empty}</>;
  return (
    <Table aria-busy={isLoading} caption={caption} className={props.className}>
      <TableHead>
        <TableRow>
          {columns.map(({ id, header, align, className }) => (
            <TableHeader align={align} className={cn(room, className)} key={id}>
              {header}
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {isLoading
          ? Array.from({ length: skeletonRows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: skeleton rows have no identity.
              <TableRow key={row}>
                {columns.map(({ id, className }, column) => (
                  <TableCell className={cn(room, className)} key={id}>
                    <Skeleton className={column === 0 ? "w-28" : "w-16"} />
                  </TableCell>
                ))}
              </TableRow>
            ))
          : rows.map((row) => {
              const key = rowKey(row);
              const isSelected = key === selectedKey;
              return (
                <TableRow
                  aria-selected={onOpen ? isSelected : undefined}
                  className={cn(
                    onOpen &&
                      "cursor-pointer transition-colors hover:bg-hover focus-visible:-outline-offset-2",
                    isSelected && "bg-accent-tint hover:bg-accent-tint",
                    props.rowClassName?.(row),
                  )}
                  data-key={key}
                  key={key}
                  {...(onOpen ? opening(() => onOpen(row)) : {})}
                >
                  {columns.map(({ id, cell, align, className }) => (
                    <TableCell align={align} className={cn(room, className)} key={id}>
                      {cell(row)}
                    </TableCell>
                  ))}
                </TableRow>
              );
            })}
      </TableBody>
    </Table>
  );
}

function opening(open: () => void) {
  return {
    tabIndex: 0,
    onClick: (event: { target: EventTarget }) => {
      if (!isControl(event.target)) open();
    },
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
      if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      open();
    },
  };
}

/** A button or link inside a row does its own thing. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, select, label") !== null;
}
