import { v7 } from "uuid";
import type { ProbeOutcome } from "../../contracts/tenants.ts";
import { type ProbeAnswer, probeHosts, readProbe } from "../../core/policies/read-probe.ts";
import type { Catalog, RegionCode } from "../../core/regions/catalog.ts";
import { visibleCredential } from "../../db/provider-credential.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid } from "../access.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { signProbeToken } from "./probe-token.ts";

type Where = { readonly tenant: string; readonly credentialId: string; readonly region: RegionCode };

/**
 * Permits one probe and writes down, before anything is sent, that the key will be told to another host of the provider.
 * Answers a token with which a gateway makes it.
 */
export const startPinProbe = mutation<Where, { token: string; own: string; wrong: string }>({
  permission: "pin:attest",
  event: "pin.probe_started",
  changesConfig: false,
  run: async ({ tx, tenant }, { credentialId, region }) => {
    const catalog = await currentCatalog();
    const { own, wrong } = await hostsOf(tx, tenant.tenantId, credentialId, { region, catalog });
    return {
      output: { token: signProbeToken({ tenantId: tenant.tenantId, credentialId, own, wrong }), own, wrong },
      subject: credentialId,
      detail: { region, own, wrong },
    };
  },
});

type Told = Where & { readonly own: ProbeAnswer; readonly wrong: ProbeAnswer | null };

/** Writes down what a probe was answered, and the pin that follows from it, if one does. */
export const recordPinProbe = mutation<Told, ProbeOutcome>({
  permission: "pin:attest",
  event: "pin.probed",
  changesConfig: true,
  run: async ({ tx, tenant, at }, { credentialId, region, own, wrong }) => {
    const catalog = await currentCatalog();
    await hostsOf(tx, tenant.tenantId, credentialId, { region, catalog });
    const { pin, sentence } = readProbe(region, { own, wrong }, catalog);
    if (pin !== null)
      await tx.pin.createMany({
        data: [
          {
            tenantId: tenant.tenantId,
            credentialId,
            id: v7(),
            ...pin,
            source: "probe",
            since: at,
            attestedBy: null,
            statement: sentence,
            statedAt: at,
          },
        ],
      });
    return {
      output: { sentence, recorded: pin !== null, answers: wrong === null ? [own] : [own, wrong] },
      subject: credentialId,
      detail: {
        kind: pin?.kind ?? null,
        region: pin?.region ?? null,
        sentence,
        answers: (wrong === null ? [own] : [own, wrong]).map(
          ({ host, status, errorCode }) =>
            `${host}: ${status ?? "no answer"}${errorCode === null ? "" : ` ${errorCode}`}`,
        ),
      },
    };
  },
});

async function hostsOf(
  tx: PrismaTransaction,
  tenantId: string,
  credentialId: string,
  { region, catalog }: { readonly region: RegionCode; readonly catalog: Catalog },
): Promise<{ own: string; wrong: string }> {
  const credential = isUuid(credentialId)
    ? await tx.providerCredential.findFirst({
        where: { tenantId, id: credentialId },
        select: visibleCredential,
      })
    : null;
  if (!credential || credential.revokedAt !== null)
    throw new Refusal("not_found", "There is no such credential, or it was revoked.");
  if (!catalog.regions.some(({ code }) => code === region)) throw refused("The catalog has no such region.");
  const hosts = probeHosts(region, catalog);
  if (!credential.hosts.includes(hosts.own))
    throw refused(`This key may not be sent to ${hosts.own}, so nothing can be asked there.`);
  return hosts;
}

function refused(message: string): Refusal {
  return new Refusal("invalid_input", message, { fields: [{ field: "region", message }] });
}
