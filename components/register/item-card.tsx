"use client";

import type { RegisterItemSummary, RegisterVersionSummary } from "../../lib/contracts/register.ts";
import { isNeeded, type RegisterField } from "../../lib/core/register/register-field.ts";
import { registerItemTitle, registerKinds } from "../../lib/core/register/register-kinds.ts";
import { Badge } from "../ui/badge.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { type Definition, DefinitionList } from "../ui/definition-list.tsx";
import { formatDay } from "../ui/format-day.ts";
import { formatBytes, formatCount } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { ItemDialog } from "./item-dialog.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

export type ItemCardProps = { item: RegisterItemSummary; slug: string; disabledBy: string | null };

/** One item: its newest version whole, the earlier ones beneath. */
export function ItemCard({ item, slug, disabledBy }: ItemCardProps) {
  const { kind, versions } = item;
  const [newest, ...earlier] = versions;
  const isWithdrawn = newest.content.state === "withdrawn";
  return (
    <article className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <h3 className="min-w-0 break-words font-medium text-base">
            {registerItemTitle(kind, newest.content.fields)}
          </h3>
          {isWithdrawn ? <Badge tone="outline">Withdrawn</Badge> : null}
          <span className="text-faint text-xs">Version {newest.version}</span>
        </div>
        <div className="flex gap-2 print:hidden">
          <ItemDialog disabledBy={disabledBy} item={item} kind={kind} slug={slug} />
          {isWithdrawn ? null : <WithdrawDialog disabledBy={disabledBy} item={item} slug={slug} />}
        </div>
      </div>
      <DefinitionList className="xl:columns-2 xl:gap-10" items={definitions(newest, kind)} />
      {earlier.length === 0 ? null : (
        <details className="text-sm">
          <summary className="cursor-pointer text-muted hover:text-ink">
            {earlier.length === 1 ? "One earlier version" : `${earlier.length} earlier versions`}
          </summary>
          <ul className="mt-2 flex flex-col gap-4 border-l pl-4">
            {earlier.map((version) => (
              <li key={version.version}>
                <p className="font-medium">Version {version.version}</p>
                <DefinitionList items={definitions(version, kind)} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

function definitions(version: RegisterVersionSummary, kind: RegisterItemSummary["kind"]): Definition[] {
  const { content, sha256, reason, recordedAt, recordedBy, ledger } = version;
  const { fields, hasDocument } = registerKinds[kind];
  const shown = fields.filter((field) => content.fields[field.key] || isNeeded(field, content.fields));
  return [
    ...shown.map((field) => ({
      term: field.dora === undefined ? field.label : `${field.label} (${field.dora})`,
      value: content.fields[field.key] ? (
        <span className="whitespace-pre-line">{valueWords(field, content.fields[field.key] ?? "")}</span>
      ) : (
        <span className="text-unverifiable-ink">Not recorded</span>
      ),
    })),
    ...(hasDocument
      ? [
          {
            term: "Document",
            value: content.document ? (
              <>
                {content.document.name}, {formatBytes(content.document.bytes)}, SHA-256{" "}
                <Copyable text={content.document.sha256} what="hash of the document" />
              </>
            ) : (
              <span className="text-unverifiable-ink">No hash recorded</span>
            ),
          },
        ]
      : []),
    ...(reason === null ? [] : [{ term: "Why changed", value: reason }]),
    {
      term: "Recorded",
      value: (
        <>
          {recordedBy}, <Time at={recordedAt} />
          {ledger === null ? null : `, entry ${formatCount(ledger.index)} of the log`}
        </>
      ),
    },
    { term: "Hash of this version", value: <Copyable text={sha256} what="hash of this version" /> },
  ];
}

function valueWords({ choices, type }: RegisterField, value: string): string {
  if (type === "day") return formatDay(value);
  return choices?.find((choice) => choice.value === value)?.label ?? value;
}
