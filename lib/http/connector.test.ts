import { type LookupFunction, Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ConnectorOptions, createConnector } from "./connector.ts";
import { DialFailure } from "./dial-failure.ts";

const host = "domicile-sweden.openai.azure.com";

afterEach(() => vi.restoreAllMocks());

/** Lets no socket out, and says which addresses each was told to go to. */
function interceptConnections(): () => readonly (readonly string[])[] {
  const told: string[][] = [];
  vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...given: unknown[]) {
    const [options] = given.flat() as [{ host: string; lookup: LookupFunction }];
    options.lookup(options.host, { all: true }, (_error, addresses) => {
      told.push((addresses as { address: string }[]).map(({ address }) => address));
      process.nextTick(() => this.destroy(new Error("This test lets nothing out.")));
    });
    return this;
  });
  return () => told;
}

function connector(changed: Partial<ConnectorOptions>) {
  const connect = createConnector({
    connectTo: new Map(),
    onlyConnectTo: false,
    authorities: null,
    connectTimeoutMs: 2_000,
    ...changed,
  });
  return (hostname = host, protocol = "https:") =>
    new Promise<string>((resolve, reject) => {
      connect({ hostname, protocol, port: "" }, (error) => {
        if (error instanceof DialFailure) resolve(error.failure);
        else reject(error ?? new Error("A connection was made."));
      });
    });
}

const resolving = (addresses: readonly string[]) => ({
  resolve: async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? (6 as const) : (4 as const) })),
});

describe("a name is looked up once per connection", () => {
  it("and what was checked is dialled: one that was public and is local the next time reaches nothing", async () => {
    let asked = 0;
    const connect = connector({
      resolve: async () => {
        asked += 1;
        return [{ address: asked === 1 ? "104.18.6.192" : "127.0.0.1", family: 4 }];
      },
    });
    const told = interceptConnections();
    expect(await connect()).toBe("tcp");
    expect([asked, told()]).toEqual([1, [["104.18.6.192"]]]);
    expect(await connect()).toBe("address_refused");
    expect([asked, told()]).toEqual([2, [["104.18.6.192"]]]);
  });

  it("and only the checked addresses are told to the socket, of both families", async () => {
    const addresses = ["104.18.6.192", "2606:4700::6812:6c0"];
    const told = interceptConnections();
    expect(await connector(resolving(addresses))()).toBe("tcp");
    expect(told()).toEqual([addresses]);
  });
});

describe("no socket is told any address", () => {
  it.each([
    ["a public IPv4 address beside a local IPv6 one", ["104.18.6.192", "::1"]],
    ["a public IPv6 address beside a local IPv4 one", ["2606:4700::6812:6c0", "127.0.0.1"]],
    ["an IPv6 address of its own network", ["fd00:ec2::254"]],
    ["a mapped loopback in hexadecimal", ["::ffff:7f00:1"]],
    ["a mapped metadata address beside a public one", ["104.18.6.192", "::ffff:169.254.169.254"]],
    ["a translated metadata address", ["64:ff9b::a9fe:a9fe"]],
    ["a 6to4 address of loopback", ["2002:7f00:1::"]],
    ["an address in hexadecimal", ["0x7f000001"]],
  ])("for a name that resolves to %s", async (_what, addresses) => {
    const told = interceptConnections();
    expect(await connector(resolving(addresses))()).toBe("address_refused");
    expect(told()).toEqual([]);
  });

  it("for a name without an address", async () => {
    const told = interceptConnections();
    expect(await connector(resolving([]))()).toBe("dns");
    expect(told()).toEqual([]);
  });

  it.each([
    "127.0.0.1",
    "[::1]",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "0x7f000001",
    "0177.0.0.1",
    "2130706433",
    "127.1",
    "104.18.6.192",
  ])("for the literal %s, for which Node would look nothing up, be it public or not", async (literal) => {
    const told = interceptConnections();
    // Whatever the names server would say of it.
    expect(await connector(resolving(["104.18.6.192"]))(literal)).toBe("address_refused");
    expect(told()).toEqual([]);
  });

  it("for anything but https", async () => {
    const told = interceptConnections();
    expect(await connector(resolving(["104.18.6.192"]))(host, "http:")).toBe("protocol");
    expect(told()).toEqual([]);
  });
});
