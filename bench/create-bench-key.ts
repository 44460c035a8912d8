import type { Db } from "../server/db/connection.ts";
import { createApiKey } from "../server/domain/accounts/create-api-key.ts";
import { createCtx } from "../server/domain/context.ts";

/** The key that the load generator signs in with. */
export async function createBenchKey(db: Db, companyId: number): Promise<string> {
  const ctx = createCtx({ db, companyId, actor: { kind: "system" } });
  return (await createApiKey(ctx, { name: "bench", role: "admin" })).key;
}
