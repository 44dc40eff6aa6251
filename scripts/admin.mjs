// `npm run admin -- create|reset-password|disable|enable|grant-admin|withdraw-admin|member|list|let-in|reset-second-factor|refused|bind|unbind|rotate-master-key`: who may sign in, and under which key secrets lie, from the machine Domicile runs on.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { adminCommand } = await import("./people/admin-command.ts");
  await adminCommand(process.argv.slice(2));
}
