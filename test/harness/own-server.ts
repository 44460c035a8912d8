import { inject } from "vitest";
import type { Server } from "./global-setup.ts";

/** The PostgreSQL that this test file has to itself while it runs. */
export function ownServer(): Server {
  const server = inject("servers")[Number(process.env.VITEST_POOL_ID) - 1];
  if (!server) throw new Error("There is no PostgreSQL for this worker.");
  return server;
}
