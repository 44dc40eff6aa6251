import { v7 } from "uuid";
import type { ResidencyPin } from "../../core/accounts/pin-of-residency.ts";
import { mutation } from "../mutation.ts";

type Input = {
  readonly tenant: string;
  readonly credentialId: string;
  readonly projectId: string;
  /** As the provider writes it. */
  readonly residency: string;
  readonly pin: ResidencyPin;
};

/** Records the pin of a key that follows from what the provider says its project is bound to. */
export const pinFromResidency = mutation<Input, void>({
  permission: "pin:attest",
  event: "pin.read",
  changesConfig: true,
  run: async ({ tx, tenant: { tenantId }, at }, { credentialId, projectId, residency, pin }) => {
    await tx.pin.createMany({
      data: [
        {
          tenantId,
          credentialId,
          id: v7(),
          ...pin,
          source: "admin_api",
          since: at,
          attestedBy: null,
          statement: `Project ${projectId} is ${residency}.`,
          statedAt: at,
        },
      ],
    });
    return { output: undefined, subject: credentialId, detail: { projectId, residency, ...pin } };
  },
});
