import { describe, expect, it, vi } from "vitest";
import { type Deployment, serviceEnv } from "./services.ts";

const deployment: Deployment = {
  settings: {
    home: "/nowhere",
    host: "127.0.0.1",
    port: 3001,
    gatewayPort: 8788,
    postgresPort: undefined,
    databaseUrl: null,
    directUrl: null,
    demo: false,
  },
  masterKey: "",
  urls: { web: "w", gateway: "g", worker: "k", signer: "s" },
  demo: false,
  development: false,
};

describe("what a service is told of the gateway", () => {
  it("is the one of this machine, or the one that is named where it stands elsewhere", () => {
    vi.stubEnv("GATEWAY_URL", "");
    expect(serviceEnv("web", deployment).GATEWAY_URL).toBe("http://127.0.0.1:8788");
    vi.stubEnv("GATEWAY_URL", "https://gateway.example");
    for (const name of ["web", "worker"] as const)
      expect(serviceEnv(name, deployment).GATEWAY_URL).toBe("https://gateway.example");
  });
});
