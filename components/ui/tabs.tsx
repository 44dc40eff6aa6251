"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export type TabsProps<Id extends string> = {
  label: string;
  value: Id;
  onValueChange: (value: Id) => void;
  tabs: readonly { readonly id: Id; readonly title: ReactNode; readonly content: ReactNode }[];
};

export function Tabs<Id extends string>({ label, value, onValueChange, tabs }: TabsProps<Id>) {
  return (
    <Primitive.Root
      onValueChange={(next) => {
        const tab = tabs.find(({ id }) => id === next);
        if (tab) onValueChange(tab.id);
      }}
      value={value}
    >
      <Primitive.List aria-label={label} className="flex gap-4 overflow-x-auto border-b">
        {tabs.map(({ id, title }) => (
          <Primitive.Trigger
            className="-mb-px inline-flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 text-base text-muted transition-colors hover:text-ink data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink"
            key={id}
            value={id}
          >
            {title}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map(({ id, content }) => (
        <Primitive.Content className="pt-4 focus-visible:outline-offset-4" key={id} value={id}>
          {content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
