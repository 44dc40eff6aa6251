import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { recordedCatalog } from "../../lib/core/verdicts/golden/recorded-catalog.ts";
import { CredentialSection } from "./credential-section.tsx";
import { sampleCredential, sampleTenant } from "./testing/sample-tenant.ts";

type Sent = { readonly path: string; readonly body: Record<string, unknown> };

let sent: Sent[];
let answer: () => Response;
let catalog: ReturnType<typeof recordedCatalog>;

beforeEach(() => {
  sent = [];
  answer = () => Response.json(sampleCredential(), { status: 201 });
  catalog = recordedCatalog();
  vi.stubGlobal("fetch", async (path: string, init: { method?: string; body?: string }) => {
    if (path.startsWith("/api/catalog")) return Response.json({ catalog });
    if (init.method !== "POST") return Response.json(sampleTenant());
    sent.push({ path, body: JSON.parse(init.body ?? "{}") });
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(over: Partial<TenantDetail> = {}) {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <CredentialSection person="Ann" tenant={sampleTenant(over)} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

async function openForm(kind: string) {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Add provider key" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByRole("radio", { name: kind }));
  return { user, dialog, submit: () => user.click(dialog.getByRole("button", { name: "Add provider key" })) };
}

describe("a key of Azure in the list", () => {
  it("says its kind, its host, how it is asked, and which SKU each deployment was recorded as", async () => {
    show({ credentials: [sampleCredential()] });
    expect(
      await screen.findByText(/Regional: one Azure region; Sweden Central, recorded by M. Roth/),
    ).toBeDefined();
    const text = document.body.textContent ?? "";
    expect(text).toContain("Azure OpenAI");
    expect(text).toContain("bank-se.openai.azure.com");
    expect(text).toContain("/openai/deployments/{deployment}/…, api-version 2024-10-21, key in api-key");
    expect(text).toContain("gpt-5.5 → chat-se Standard: one Azure region");
    expect(text).toContain("gpt-5.5-mini GlobalStandard: no promise of place");
  });

  it("has no pin: a pin is of a project at OpenAI", () => {
    show({ credentials: [sampleCredential()] });
    expect(screen.queryByText("Pin")).toBeNull();
    expect(screen.queryByRole("button", { name: /pin/i })).toBeNull();
  });

  it("says that a resource the catalog no longer records gets no key", async () => {
    show({ credentials: [sampleCredential({ hosts: ["gone.openai.azure.com"] })] });
    expect(await screen.findByText(/no longer records this resource, so the key is not sent/)).toBeDefined();
  });

  it("an admitted host is said to be one whose onward way is not observed", () => {
    const upstream = { kind: "custom", basePath: "/llm/v1", keyHeader: "authorization" } as const;
    show({ credentials: [sampleCredential({ hosts: ["llm.bank.example"], upstream })] });
    const text = document.body.textContent ?? "";
    expect(text).toContain("Admitted host");
    expect(text).toContain("/llm/v1/…, key in Authorization. Where it sends on is not observed");
  });
});

describe("the project of a key of OpenAI", () => {
  const key = (over: Parameters<typeof sampleCredential>[0] = {}) =>
    sampleCredential({
      label: "Europe",
      hosts: ["eu.api.openai.com"],
      upstream: { kind: "openai" },
      ...over,
    });

  it("can be named where nobody named it, by an id that can be asked for", async () => {
    const user = show({ credentials: [key()] });
    await user.click(screen.getByRole("button", { name: "Name the project of Europe" }));
    const dialog = within(await screen.findByRole("dialog"));
    const submit = () => user.click(dialog.getByRole("button", { name: "Name project" }));
    await user.type(dialog.getByLabelText("Project"), "../other");
    await submit();
    expect(dialog.getByText(/This is no id of a project/)).toBeDefined();
    expect(sent).toEqual([]);
    await user.clear(dialog.getByLabelText("Project"));
    await user.type(dialog.getByLabelText("Project"), " proj_europe ");
    await submit();
    expect(sent).toEqual([
      {
        path: `/api/credentials/${key().id}/project`,
        body: { tenant: "nordbank", projectId: "proj_europe" },
      },
    ]);
  });

  it("is said once, and not of a key that is no longer used", () => {
    const revokedAt = "2026-11-22T09:00:00.000Z";
    show({ credentials: [key({ projectId: "proj_a" }), key({ id: "another", revokedAt })] });
    expect(screen.queryByRole("button", { name: /Name the project/ })).toBeNull();
  });

  it("is named by whoever may change keys, and else it is said who may", () => {
    show({ credentials: [key()], role: "auditor" });
    const button = screen.getByRole<HTMLButtonElement>("button", { name: "Name the project of Europe" });
    expect(button.disabled).toBe(true);
    expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toBeTruthy();
  });
});

describe("adding a key", () => {
  it("of Azure on the v1 paths sends the resource, and each deployment as its own model", async () => {
    const { user, dialog, submit } = await openForm("Azure OpenAI");
    await user.type(dialog.getByLabelText("Label"), "Sweden");
    await user.type(dialog.getByLabelText("Provider key"), "0123456789abcdef");
    await user.selectOptions(await dialog.findByLabelText("Resource"), "bank-se.openai.azure.com");
    expect(dialog.getByText(/Recorded by M. Roth in Sweden Central. Regional/)).toBeDefined();
    await user.click(dialog.getByRole("button", { name: "Add deployment" }));
    await user.type(dialog.getByLabelText("Name of deployment 1"), "chat-zone");
    await user.selectOptions(dialog.getByLabelText("SKU of deployment 1"), "DataZoneStandard");
    await submit();
    expect(sent).toEqual([
      {
        path: "/api/credentials",
        body: {
          tenant: "nordbank",
          label: "Sweden",
          secret: "0123456789abcdef",
          projectId: null,
          hosts: ["bank-se.openai.azure.com"],
          upstream: {
            kind: "azure",
            paths: "v1",
            apiVersion: null,
            deployments: [{ model: "chat-zone", name: "chat-zone", sku: "DataZoneStandard" }],
          },
        },
      },
    ]);
  });

  it("of Azure on the classic paths asks for the model that a deployment stands for, and says what is missing", async () => {
    const { user, dialog, submit } = await openForm("Azure OpenAI");
    await user.selectOptions(await dialog.findByLabelText("Paths"), "deployments");
    await user.click(dialog.getByRole("button", { name: "Add deployment" }));
    expect(dialog.getByLabelText("Model of deployment 1")).toBeDefined();
    await submit();
    expect(sent).toEqual([]);
    const said = dialog.getAllByRole("alert").map(({ textContent }) => textContent);
    expect(said).toContain("Give it a label.");
    expect(said).toContain("Choose at least one host.");
    expect(said.some((text) => text?.startsWith("Each deployment has a name"))).toBe(true);
  });

  it("of Azure says what the server says of version and deployments beside their fields", async () => {
    const fields = [{ field: "upstream.apiVersion", message: "The classic paths need an api-version." }];
    answer = () =>
      Response.json(
        { code: "invalid_input", title: "No", detail: "This upstream cannot be kept.", status: 400, fields },
        { status: 400, headers: { "content-type": "application/problem+json" } },
      );
    const { user, dialog, submit } = await openForm("Azure OpenAI");
    await user.type(dialog.getByLabelText("Label"), "Sweden");
    await user.type(dialog.getByLabelText("Provider key"), "0123456789abcdef");
    await user.selectOptions(await dialog.findByLabelText("Resource"), "bank-se.openai.azure.com");
    await submit();
    expect(await dialog.findByText("The classic paths need an api-version.")).toBeDefined();
  });

  it("of Azure is not possible before a resource is recorded, and says who does that", async () => {
    catalog = { ...catalog, hosts: catalog.hosts.filter(({ provider }) => provider === "openai") };
    const { dialog } = await openForm("Azure OpenAI");
    expect(
      dialog.getByText(/An administrator of the deployment records its host, region and SKU/),
    ).toBeDefined();
  });

  it("of another host says what is not observed there, and sends its name in one spelling", async () => {
    const { user, dialog, submit } = await openForm("Another host");
    expect(dialog.getByText(/Where an admitted host sends calls on is not observed/)).toBeDefined();
    await user.type(dialog.getByLabelText("Label"), "House");
    await user.type(dialog.getByLabelText("Provider key"), "0123456789abcdef");
    await user.type(dialog.getByLabelText("Host"), "LLM.bank.example.");
    await user.selectOptions(dialog.getByLabelText("Header of the key"), "api-key");
    await submit();
    expect(sent[0]?.body).toMatchObject({
      hosts: ["llm.bank.example"],
      upstream: { kind: "custom", basePath: "/v1", keyHeader: "api-key" },
    });
  });
});

describe("replacing a key", () => {
  it("sends the new secret for the same credential, and asks of the project only where there is one", async () => {
    const user = show({ credentials: [sampleCredential()] });
    await user.click(screen.getByRole("button", { name: "Replace the provider key Sweden" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.queryByRole("checkbox")).toBeNull();
    await user.click(dialog.getByRole("button", { name: "Replace provider key" }));
    expect(dialog.getByText("Paste the new key.")).toBeDefined();
    await user.type(dialog.getByLabelText("New key"), "fedcba9876543210");
    await user.click(dialog.getByRole("button", { name: "Replace provider key" }));
    expect(sent).toEqual([
      {
        path: `/api/credentials/${sampleCredential().id}/replace`,
        body: { tenant: "nordbank", secret: "fedcba9876543210", sameProject: false },
      },
    ]);
  });
});

describe("a pin that is another than the provider says", () => {
  const pin = {
    kind: "processing",
    region: "eu",
    source: "attestation",
    since: "2026-11-24T09:00:00.000Z",
    attestedBy: "M. Roth",
    statement: "Read on the project's page.",
    recordedBy: "Ann",
  } as const;
  const said = { kind: "global", region: null, statedAt: "2026-11-23T09:00:00.000Z" } as const;
  const openai = { upstream: { kind: "openai" }, hosts: ["eu.api.openai.com"], label: "main" } as const;

  it("is shown beside it, and told before another is attested", async () => {
    const user = show({ credentials: [sampleCredential({ ...openai, pin: { ...pin, overrides: said } })] });
    const otherwise = /admin API says otherwise: A global project: bound to no region, as of/;
    expect(await screen.findByText(otherwise)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Attest pin of main" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/admin API says: A global project.* counts above it/)).toBeDefined();
  });

  it("is not spoken of where the provider said nothing", async () => {
    const user = show({ credentials: [sampleCredential({ ...openai, pin: { ...pin, overrides: null } })] });
    await user.click(await screen.findByRole("button", { name: "Attest pin of main" }));
    await screen.findByRole("dialog");
    expect(document.body.textContent).not.toContain("admin API");
  });
});
