"use client";

import { useState } from "react";
import { useCatalog } from "../regions/use-catalog.ts";
import { HostNotice } from "../tenants/host-notice.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { hostTyped } from "./host-typed.ts";

/** What the address that a client uses today is: guides in circulation name a host that is not OpenAI's. */
export function AddressSection({ gatewayUrl }: { gatewayUrl: string }) {
  const [address, setAddress] = useState("");
  const catalog = useCatalog();
  const typed = hostTyped(address);
  const isGateway = typed !== "" && typed === hostTyped(gatewayUrl);
  return (
    <Section
      note="Some guides name https://api.openai.eu/v1, which is not OpenAI's."
      title="Check an address"
    >
      <div className="flex flex-col gap-3 p-4">
        <Field hint="Nothing is sent to it." label="Base URL or host that a client uses today">
          <Input
            autoComplete="off"
            className="font-mono text-sm"
            maxLength={300}
            onChange={({ target }) => setAddress(target.value)}
            placeholder="https://eu.api.openai.com/v1"
            spellCheck={false}
            value={address}
          />
        </Field>
        {/OPENAI_API_BASE/i.test(address) ? (
          <Notice live tone="outside">
            Today's OpenAI clients ignore <code className="font-mono">OPENAI_API_BASE</code> and go to the
            global endpoint. Set <code className="font-mono">OPENAI_BASE_URL</code>.
          </Notice>
        ) : null}
        {isGateway ? (
          <Notice live>This gateway.</Notice>
        ) : (
          <HostNotice catalog={catalog} host={typed} onChoose={(host) => setAddress(`https://${host}/v1`)} />
        )}
      </div>
    </Section>
  );
}
