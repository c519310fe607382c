import { ledgerContract } from "./ledger-contract.ts";
import { memoryStore } from "./memory.ts";

ledgerContract("memory", async () => ({ ledger: memoryStore<null>().ledger, projection: null }));
