"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import type { Checkpoint } from "../../lib/contracts/ledger.ts";
import { consistencyHref, type LogName } from "../../lib/contracts/ledger-parsers.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { formatCount } from "../ui/format-number.ts";
import { formatInstant } from "../ui/format-time.ts";
import { Select } from "../ui/select.tsx";

/** Chooses two checkpoints and downloads the proof that nothing below the older was changed or taken out until the newer. */
export function ConsistencyForm({
  name,
  checkpoints,
}: {
  name: LogName;
  checkpoints: readonly Checkpoint[];
}) {
  const sizes = onePerSize(checkpoints);
  const [newerKey, setNewer] = useState<string | null>(null);
  const [olderKey, setOlder] = useState<string | null>(null);
  const newer = sizes.find((each) => keyOf(each) === newerKey) ?? sizes[0];
  const olders = newer ? sizes.filter(({ epoch, size }) => epoch === newer.epoch && size < newer.size) : [];
  const older = olders.find((each) => keyOf(each) === olderKey) ?? olders.at(-1);
  if (newer === undefined) return null;
  return (
    <div className="flex flex-col gap-3 border-t px-4 py-3">
      <div>
        <h3 className="font-medium text-sm">Consistency between two checkpoints</h3>
        <p className="text-faint text-xs">
          Proves that the newer tree begins with the older one, entry by entry: nothing removed, reordered or
          put in between. Check it with <code className="font-mono">npm run verify-consistency</code>.
        </p>
      </div>
      {older === undefined ? (
        <p className="text-muted text-sm">It takes a second checkpoint of another size in the same epoch.</p>
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <Field label="Older">
            <Select onChange={(event) => setOlder(event.target.value)} value={keyOf(older)}>
              {olders.map(option)}
            </Select>
          </Field>
          <Field label="Newer">
            <Select onChange={(event) => setNewer(event.target.value)} value={keyOf(newer)}>
              {sizes.map(option)}
            </Select>
          </Field>
          <Button asChild>
            <a download href={consistencyHref(name, older, newer)}>
              <Download aria-hidden="true" />
              Download the proof
            </a>
          </Button>
        </div>
      )}
    </div>
  );
}

/** A size may be signed many times, an hour apart; the tree is the same. Sizes of 0 have nothing to be consistent with. */
function onePerSize(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  const newest = new Map<string, Checkpoint>();
  for (const checkpoint of checkpoints)
    if (checkpoint.size > 0 && !newest.has(keyOf(checkpoint))) newest.set(keyOf(checkpoint), checkpoint);
  return [...newest.values()];
}

function keyOf({ epoch, size }: Checkpoint): string {
  return `${epoch}/${size}`;
}

function option(checkpoint: Checkpoint) {
  return (
    <option key={keyOf(checkpoint)} value={keyOf(checkpoint)}>
      {formatCount(checkpoint.size)} · {formatInstant(checkpoint.signedAt, "second")}
    </option>
  );
}
