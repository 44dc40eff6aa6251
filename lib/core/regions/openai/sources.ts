import type { Source } from "../catalog.ts";

/** What the catalog rests on. No row has been checked by a named person against OpenAI's live page yet. */
export const sources: readonly Source[] = [
  {
    id: "residency-page",
    title: "OpenAI, Data residency guide (only the head of the page could be read)",
    url: "https://developers.openai.com/api/docs/guides/data-residency",
    readOn: "2026-11-22",
  },
  {
    id: "your-data",
    title: "OpenAI, Your data guide, translated copy taken between 2026-09-24 and early November 2026",
    url: "https://developers.openai.com/api/docs/guides/your-data",
    readOn: "2026-11-22",
  },
  {
    id: "node-sdk",
    title: "OpenAI Node SDK 7.57.0 (2026-11-13): residency hosts and the project residency values",
    url: "https://github.com/openai/openai-node",
    readOn: "2026-11-22",
  },
  {
    id: "node-changelog",
    title: "OpenAI Node SDK changelog: 7.34.0 (2026-10-14) and 7.51.0 (2026-11-05)",
    url: "https://github.com/openai/openai-node/blob/main/CHANGELOG.md",
    readOn: "2026-11-22",
  },
  {
    id: "mtls-readme",
    title: "OpenAI Ruby and Node SDK documentation of mutual TLS hosts",
    url: "https://github.com/openai/openai-ruby",
    readOn: "2026-11-22",
  },
  {
    id: "private-link",
    title: "OpenAI, Private Link guide",
    url: "https://developers.openai.com/api/docs/guides/private-link",
    readOn: "2026-11-22",
  },
  {
    id: "agents-tracing",
    title: "OpenAI Agents SDK issue 5008 (2026-09-14): the trace exporter posts to the global host",
    url: "https://github.com/openai/openai-agents-python/issues/5008",
    readOn: "2026-11-22",
  },
  {
    id: "europe-announcement",
    title: "OpenAI, Introducing data residency in Europe (2025-02-05)",
    url: "https://openai.com/index/introducing-data-residency-in-europe/",
    readOn: "2026-11-22",
  },
  {
    id: "deprecations",
    title: "OpenAI, Deprecations (the head of the table of upcoming shutdowns could be read)",
    url: "https://developers.openai.com/api/docs/deprecations",
    readOn: "2026-11-22",
  },
  {
    id: "deprecations-copies",
    title:
      "OpenAI, Deprecations, as copied and compared with /v1/models by third parties, 2026-10-15 to 2026-11-05",
    url: "https://developers.openai.com/api/docs/deprecations",
    readOn: "2026-11-22",
  },
  {
    id: "ada-answers",
    title:
      "Helicone, pull request 1346 (2024-01-25): answers to text-embedding-ada-002 name it so, or text-embedding-ada-002-v2",
    url: "https://github.com/Helicone/helicone/pull/1346",
    readOn: "2026-11-30",
  },
  {
    id: "model-pages",
    title: "OpenAI, Model pages of GPT-5.4 and GPT-5.4 pro: price of data residency",
    url: "https://developers.openai.com/api/docs/models",
    readOn: "2026-11-22",
  },
];
