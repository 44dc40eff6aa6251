"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Clock, TriangleAlert } from "lucide-react";
import { useId } from "react";
import { registerQuery } from "../../lib/client/register.ts";
import type { RegisterBook } from "../../lib/contracts/register.ts";
import { registerKindIds } from "../../lib/core/register/register.ts";
import { registerKinds } from "../../lib/core/register/register-kinds.ts";
import type { RegisterGap } from "../../lib/core/register/review-register.ts";
import { FrameBody, TenantFrame } from "../settings/tenant-frame.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { formatDay } from "../ui/format-day.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { ItemCard } from "./item-card.tsx";
import { ItemDialog } from "./item-dialog.tsx";

/** The contracts and statements that reports of a tenant print: what there is, what is due, what is missing. */
export function RegisterPage({ slug }: { slug: string }) {
  const { data, error, refetch } = useQuery(registerQuery(slug));
  return (
    <TenantFrame sentence={data ? <Sentence book={data} /> : null} slug={slug} title="Register">
      {data ? (
        <Book book={data} />
      ) : (
        <FrameBody error={error} onRetry={() => void refetch()} what="the register" />
      )}
    </TenantFrame>
  );
}

function Sentence({ book: { items, gaps } }: { book: RegisterBook }) {
  const recorded = items.filter(({ versions: [{ content }] }) => content.state === "recorded").length;
  const missing = gaps.filter(({ reason }) => reason === "missing").length;
  const due = gaps.length - missing;
  return (
    <>
      {formatNoun(recorded, "item")} recorded · {missing === 0 ? "none missing" : `${missing} missing`} ·{" "}
      {due === 0 ? "nothing due" : `${due} due or incomplete`}. A report says what is missing here.
    </>
  );
}

function Book({ book }: { book: RegisterBook }) {
  const { tenant, items, gaps, on } = book;
  const forbidden = permissionReason(tenant.role, "register:write");
  const reasonId = useId();
  return (
    <>
      {forbidden === null ? null : (
        <p className="text-muted text-sm" id={reasonId}>
          {forbidden}
        </p>
      )}
      <Section
        note={`On ${formatDay(on)} (UTC), as a report of today would print it.`}
        title="Missing and due"
      >
        {gaps.length === 0 ? (
          <p className="flex items-center gap-2 px-4 py-3 text-base">
            <CircleCheck aria-hidden="true" className="size-4 text-in-region-ink" />
            Nothing that this tenant's policy asks for is missing or overdue.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {gaps.map((gap) => (
              <GapRow gap={gap} key={`${gap.kind} ${gap.item} ${gap.reason} ${gap.field}`} />
            ))}
          </ul>
        )}
      </Section>
      {registerKindIds.map((kind) => {
        const { title, says, isSingle } = registerKinds[kind];
        const ofKind = items.filter((item) => item.kind === kind);
        return (
          <Section
            action={
              isSingle && ofKind.length > 0 ? null : (
                <ItemDialog
                  disabledBy={forbidden === null ? null : reasonId}
                  kind={kind}
                  slug={tenant.slug}
                />
              )
            }
            key={kind}
            note={says}
            title={title}
          >
            {ofKind.length === 0 ? (
              <p className="px-4 py-3 text-muted text-sm">Not in the register.</p>
            ) : (
              <ul className="divide-y divide-line">
                {ofKind.map((item) => (
                  <li className="p-4" key={item.id}>
                    <ItemCard
                      disabledBy={forbidden === null ? null : reasonId}
                      item={item}
                      slug={tenant.slug}
                    />
                  </li>
                ))}
              </ul>
            )}
          </Section>
        );
      })}
    </>
  );
}

const isSoon = ({ reason }: RegisterGap): boolean => reason === "expires_soon" || reason === "review_soon";

function GapRow({ gap }: { gap: RegisterGap }) {
  const Icon = isSoon(gap) ? Clock : TriangleAlert;
  return (
    <li className="flex items-start gap-2 px-4 py-2 text-sm">
      <Icon
        aria-hidden="true"
        className={`mt-0.5 size-4 shrink-0 ${isSoon(gap) ? "text-faint" : "text-unverifiable-ink"}`}
      />
      <span className="min-w-0 break-words">{gapWords(gap)}</span>
    </li>
  );
}

/** The sentence as a report has it, with its day as pages write days. */
function gapWords({ sentence, due }: RegisterGap): string {
  return due === null ? sentence : sentence.replace(due, formatDay(due));
}
