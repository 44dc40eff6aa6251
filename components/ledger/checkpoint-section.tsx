"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useEffect } from "react";
import { checkpointsQuery } from "../../lib/client/ledger.ts";
import type { Checkpoint, LogDetail, LogEpoch } from "../../lib/contracts/ledger.ts";
import { checkpointNoteHref, type LogName } from "../../lib/contracts/ledger-parsers.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatCount } from "../ui/format-number.ts";
import { formatInstant } from "../ui/format-time.ts";
import { ListFoot } from "../ui/list-foot.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { ConsistencyForm } from "./consistency-form.tsx";

const none: readonly Checkpoint[] = [];

/** The checkpoints of a log, each to keep, and the proof that two of them agree. */
export function CheckpointSection({ name, log }: { name: LogName; log: LogDetail }) {
  const list = useInfiniteQuery(checkpointsQuery(name));
  const items = list.data?.pages.flatMap((page) => page.items) ?? none;
  useNewest(log, items, list.refetch, (list.data?.pages.length ?? 0) <= 1);
  return (
    <Section
      note="Size and root of the tree at a moment, signed (C2SP signed note). Keep one outside this deployment: it binds us to every entry below it."
      title="Checkpoints"
    >
      {list.isError && !list.isFetchNextPageError ? (
        <ErrorPanel
          className="m-4"
          error={list.error}
          onRetry={() => void list.refetch()}
          title="The checkpoints could not be listed"
        />
      ) : null}
      {list.data || !list.isError ? (
        <DataTable
          caption="Checkpoints, newest first"
          columns={columns(name, log.epochs)}
          empty={
            <Empty kind="no-data" title="No checkpoint has been signed yet">
              {log.entries === 0
                ? "The first follows within ten seconds of the first entry."
                : "The signer has never signed this log. See above for what to do."}
            </Empty>
          }
          isLoading={list.data === undefined}
          rowKey={({ epoch, size, signedAt }) => `${epoch} ${size} ${signedAt}`}
          rows={items}
          skeletonRows={5}
        />
      ) : null}
      <ListFoot isFramed list={list} listed={items.length} noun="checkpoint" />
      <ConsistencyForm
        checkpoints={items.filter((checkpoint) => !isBehindSeal(checkpoint, log.epochs))}
        name={name}
      />
    </Section>
  );
}

/** Follows the log while only the first page is open: whoever has gone on reading is not moved. */
function useNewest(
  { checkpoint }: LogDetail,
  items: readonly Checkpoint[],
  refetch: () => unknown,
  follows: boolean,
): void {
  const listed = items[0]?.signedAt;
  const signed = checkpoint?.signedAt;
  useEffect(() => {
    if (follows && signed !== undefined && listed !== undefined && signed > listed) refetch();
  }, [follows, signed, listed, refetch]);
}

/** Nothing that was signed for more than the size an epoch was sealed at counts. */
function isBehindSeal({ epoch, size }: Checkpoint, epochs: readonly LogEpoch[]): boolean {
  const sealed = epochs.find((each) => each.epoch === epoch)?.sealed;
  return sealed !== null && sealed !== undefined && size > sealed.size;
}

function columns(name: LogName, epochs: readonly LogEpoch[]): readonly Column<Checkpoint>[] {
  return [
    ...(epochs.length > 1
      ? [
          {
            id: "epoch",
            header: "Epoch",
            cell: ({ epoch }: Checkpoint) => epoch,
          } satisfies Column<Checkpoint>,
        ]
      : []),
    {
      id: "size",
      header: "Size",
      align: "right",
      cell: (checkpoint) => (
        <>
          {isBehindSeal(checkpoint, epochs) ? (
            <span className="mr-2 text-faint text-xs">Behind the seal: does not count</span>
          ) : null}
          {formatCount(checkpoint.size)}
        </>
      ),
    },
    {
      id: "signed",
      header: "Signed",
      cell: ({ signedAt }) => <Time at={signedAt} precision="second" />,
    },
    {
      id: "root",
      header: "Root",
      className: "max-sm:hidden",
      cell: ({ root }) => <Copyable length={24} text={root} what="root" />,
    },
    {
      id: "download",
      header: <span className="sr-only">Download</span>,
      align: "right",
      cell: (checkpoint) => (
        <Button asChild className="h-6" look="quiet" size="sm">
          <a download href={checkpointNoteHref(name, checkpoint)}>
            <Download aria-hidden="true" />
            Note{" "}
            <span className="sr-only">
              of the checkpoint of size {checkpoint.size}, signed{" "}
              {formatInstant(checkpoint.signedAt, "second")}
            </span>
          </a>
        </Button>
      ),
    },
  ];
}
