import { checkMasterKey, MasterKeyMismatch } from "../../lib/services/deployment/check-master-key.ts";

// A process of its own, because it runs with the environment of one. Exit 3: another key.
try {
  await checkMasterKey();
  process.exit(0);
} catch (error) {
  if (error instanceof MasterKeyMismatch) process.exit(3);
  console.error(error);
  process.exit(1);
}
