import { readEnvironment } from "./read-environment.ts";

export type ConnectTo = { readonly host: string; readonly address: string; readonly port: number };

/** Where simulated tenants dial, and the PEM file of the authority they trust. Never used for live ones. */
export function simulationSettings(): { connectTo: readonly ConnectTo[]; extraCaFile: string | null } {
  const env = readEnvironment("DOMICILE_CONNECT_TO", "DOMICILE_EXTRA_CA");
  return { connectTo: parseConnectTo(env.DOMICILE_CONNECT_TO), extraCaFile: env.DOMICILE_EXTRA_CA || null };
}

function parseConnectTo(list: string): ConnectTo[] {
  return list
    .split(",")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "")
    .map((pair) => {
      const match = /^([a-z0-9.-]+)=(.+):(\d{1,5})$/.exec(pair);
      if (!match) throw new Error(`DOMICILE_CONNECT_TO: "${pair}" is not host=address:port.`);
      const [, host = "", address = "", portText] = match;
      return { host, address: address.replace(/^\[|\]$/g, ""), port: Number(portText) };
    });
}
